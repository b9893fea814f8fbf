package org.kernfield.engine.internal;

/**
 * When a snapshot is due: after its seconds, and never so often that it would take more than a
 * twentieth of the time.
 */
final class Interval {
    /** What a fault may lose. */
    static final double SYNC_SECONDS = 5;

    /** What a killed process may lose. */
    static final double CHECKPOINT_SECONDS = 30;

    private static final int SHARE = 20;

    private final long period;
    private long due;

    Interval(double seconds) {
        this(seconds, seconds);
    }

    /**
     * @param first seconds until the first snapshot
     */
    Interval(double first, double seconds) {
        period = (long) (seconds * 1e9);
        due = System.nanoTime() + (long) (first * 1e9);
    }

    boolean isDue() {
        return System.nanoTime() - due >= 0;
    }

    void spend(Runnable work) {
        long start = System.nanoTime();
        work.run();
        long end = System.nanoTime();
        due = end + Math.max(period, SHARE * (end - start));
    }
}
