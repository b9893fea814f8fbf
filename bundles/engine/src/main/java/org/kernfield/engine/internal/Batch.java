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
    private final AtomicInteger seats;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Batch(int parts, IntConsumer part, int helpers) {
        this.parts = parts;
        this.part = part;
        this.seats = new AtomicInteger(helpers);
    }

    boolean hasSeat() {
        return seats.get() > 0 && next.get() < parts;
    }

    boolean takeSeat() {
        return hasSeat() && seats.getAndDecrement() > 0;
    }

    /** Takes parts until none is left; after a failure the rest is passed over. */
    void work() {
        int k;
        while ((k = next.getAndIncrement()) < parts) {
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
        }
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
