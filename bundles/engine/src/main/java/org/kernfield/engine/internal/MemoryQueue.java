package org.kernfield.engine.internal;

import org.kernfield.backend.Budget;
import org.kernfield.engine.JobState;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Jobs that rest because others hold the memory they need. The one that has waited longest goes
 * first, and the next not before that one has taken a step: two that try at the same time could
 * keep each other from ever having enough.
 */
final class MemoryQueue {
    private record Waiting(FitJob job, long bytes) {}

    private final Budget budget;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private FitJob admitted;
    private long admittedAt;

    MemoryQueue(Budget budget) {
        this.budget = budget;
    }

    /**
     * @param bytes that the job is known to need at one time
     */
    synchronized void enter(FitJob job, long bytes) {
        if (admitted == job) {
            admitted = null;
        }
        waiting.add(new Waiting(job, bytes));
    }

    /** Lets the next one go on if there is room for it. */
    void admit() {
        FitJob next = next();
        if (next != null) {
            next.wake();
        }
    }

    private synchronized FitJob next() {
        if (admitted != null && isUnderWay(admitted)) {
            return null;
        }
        admitted = null;
        waiting.removeIf(w -> w.job().status().state() != JobState.WAITING);
        Waiting first = waiting.peek();
        if (first == null || first.bytes() > budget.left()) {
            return null;
        }
        waiting.remove();
        admitted = first.job();
        admittedAt = admitted.pace().step();
        return admitted;
    }

    /** Whether it has neither come to rest, nor stands still, nor taken a step since then. */
    private boolean isUnderWay(FitJob job) {
        return job.hasThread()
                && job.status().state() != JobState.SUSPENDED
                && job.pace().step() <= admittedAt;
    }
}
