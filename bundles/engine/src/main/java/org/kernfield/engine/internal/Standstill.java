package org.kernfield.engine.internal;

import org.kernfield.field.AbsentException;

/** Holds a job where it is while something that its fit needs is away. */
final class Standstill {
    /** Between two attempts to go on: short at first, for what is updated is back at once. */
    private static final long FIRST_MILLIS = 20;

    private static final long LAST_MILLIS = 320;

    private final FitJob job;
    private final Segment segment;
    private boolean hasBegun;
    private boolean isInterrupted;
    private long millis;

    Standstill(FitJob job, Segment segment) {
        this.job = job;
        this.segment = segment;
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /** The fit could not go on; returns when another attempt is due. */
    void stay(AbsentException absent) {
        if (!hasBegun) {
            hasBegun = true;
            millis = FIRST_MILLIS;
            job.standsStill(segment, absent.what() + "; it goes on when that is back");
        }
        try {
            Thread.sleep(millis);
            millis = Math.min(2 * millis, LAST_MILLIS);
        } catch (InterruptedException e) {
            isInterrupted = true; // handed on once the fit goes on; until then it would not sleep
        }
    }

    /**
     * The fit goes on.
     *
     * @return whether it had stood still
     */
    boolean end() {
        if (isInterrupted) {
            isInterrupted = false;
            Thread.currentThread().interrupt();
        }
        boolean had = hasBegun;
        if (had) {
            hasBegun = false;
            job.goesOn(segment);
        }
        return had;
    }
}
