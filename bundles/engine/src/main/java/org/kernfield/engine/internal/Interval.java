package org.kernfield.engine.internal;

import java.util.function.LongSupplier;

/**
 * When a snapshot is due: after its seconds, and never so often that it would take more than a
 * twentieth of the time. One of 5 s that takes longer than 0.25 s comes every twenty times as long
 * as it takes: whoever has so much to copy would rather do some steps again than wait for a copy in
 * every one.
 */
final class Interval {
    /** What a fault may lose. */
    static final double SYNC_SECONDS = 5;

    /** What a killed process may lose. */
    static final double CHECKPOINT_SECONDS = 30;

    private static final int SHARE = 20;

    private final LongSupplier clock;
    private final long period;
    private long due;

    Interval(double seconds) {
        this(seconds, seconds);
    }

    /**
     * @param first seconds until the first snapshot
     */
    Interval(double first, double seconds) {
        this(first, seconds, System::nanoTime);
    }

    /**
     * @param clock in nanoseconds
     */
    Interval(double first, double seconds, LongSupplier clock) {
        this.clock = clock;
        period = (long) (seconds * 1e9);
        due = clock.getAsLong() + (long) (first * 1e9);
    }

    boolean isDue() {
        return clock.getAsLong() - due >= 0;
    }

    void spend(Runnable work) {
        long start = clock.getAsLong();
        work.run();
        long end = clock.getAsLong();
        due = end + Math.max(period, SHARE * (end - start));
    }
}
