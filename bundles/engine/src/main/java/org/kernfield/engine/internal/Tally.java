package org.kernfield.engine.internal;

import org.kernfield.engine.Setbacks;

import java.util.concurrent.atomic.AtomicReference;

/** Counts the setbacks of a job. Thread-safe. */
final class Tally {
    private final AtomicReference<Setbacks> sum = new AtomicReference<>(Setbacks.NONE);

    Setbacks sum() {
        return sum.get();
    }

    /** The job goes on from an older step. */
    void again(long steps) {
        add(new Setbacks(steps, 0, 0));
    }

    /** A segment has ended so. */
    void count(Outcome.End end) {
        switch (end) {
            case BETWEEN_STEPS -> {}
            case FAULT -> add(new Setbacks(0, 1, 0));
            case BROKEN_OFF -> add(new Setbacks(0, 0, 1));
        }
    }

    private void add(Setbacks more) {
        sum.updateAndGet(more::plus);
    }
}
