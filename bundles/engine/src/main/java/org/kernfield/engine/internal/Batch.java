package org.kernfield.engine.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** One call of {@code forEach}: its parts, who may help, and the first exception. */
final class Batch {
    private static final long SPIN_NANOS = 50_000;

    private final int parts;
    private final IntConsumer part;
    private final Thread caller = Thread.currentThread();
    private final int helpers;
    private final AtomicInteger seats;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Batch(int parts, IntConsumer part, int helpers) {
        this.parts = parts;
        this.part = part;
        this.helpers = helpers;
        this.seats = new AtomicInteger(helpers);
    }

    boolean hasSeat() {
        return seats.get() > 0 && next.get() < parts;
    }

    /** How many help now. */
    int helping() {
        return helpers - seats.get();
    }

    /** Whether this call made its caller a helper. */
    boolean takeSeat() {
        if (!hasSeat()) {
            return false;
        }
        boolean isTaken = seats.getAndDecrement() > 0;
        if (!isTaken) {
            seats.incrementAndGet();
        }
        return isTaken;
    }

    /** As {@link #takeSeat()}, unless another has become a helper after {@code helping} did. */
    boolean takeSeatAfter(int helping) {
        int free = helpers - helping;
        return free > 0 && hasSeat() && seats.compareAndSet(free, free - 1);
    }

    /** For another helper, or for the same one later. */
    void leaveSeat() {
        seats.incrementAndGet();
    }

    /** Takes parts until none is left. */
    void work() {
        boolean mayBeMore;
        do {
            mayBeMore = workOnce();
        } while (mayBeMore);
    }

    /**
     * Takes a part; after a failure the rest is passed over.
     *
     * @return false if none was left
     */
    boolean workOnce() {
        int k = next.getAndIncrement();
        if (k >= parts) {
            return false;
        }
        try {
            if (failure.get() == null) {
                part.accept(k);
            }
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        } finally {
            if (ended.incrementAndGet() == parts) {
                LockSupport.unpark(caller);
            }
        }
        return true;
    }

    /** Waits for the parts others have taken, then throws the first exception. */
    void awaitEnd() {
        long since = System.nanoTime();
        boolean interrupted = false;
        while (ended.get() < parts) {
            if (System.nanoTime() - since < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            caller.interrupt();
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
