package org.kernfield.engine.internal;

import org.kernfield.backend.Budget;

/**
 * What the engine lends to jobs and calls.
 *
 * @param pool threads, shared
 * @param budget memory, counted over all of them together
 * @param queue jobs that wait for memory
 */
record Grants(WorkPool pool, Budget budget, MemoryQueue queue) {
    /** The rest of the heap is for the data itself, copies on the way and the collector. */
    private static final double SHARE_OF_HEAP = 0.7;

    Grants(Budget budget) {
        this(new WorkPool(), budget, new MemoryQueue(budget));
    }

    static Grants ofMachine() {
        long heap = Runtime.getRuntime().maxMemory();
        return new Grants(new Budget((long) (heap * SHARE_OF_HEAP)));
    }
}
