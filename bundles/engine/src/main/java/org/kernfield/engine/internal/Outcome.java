package org.kernfield.engine.internal;

import org.kernfield.engine.Failure;
import org.kernfield.field.Model;

/** How a segment of a job ended. Holds core objects and texts only. */
sealed interface Outcome {
    /** How a segment left its last step. */
    enum End {
        /** With nothing lost. */
        BETWEEN_STEPS,
        /** What it computed on failed; it goes back to the snapshot. */
        FAULT,
        /** A plugin had left and could wait no longer; it goes back to the snapshot. */
        BROKEN_OFF
    }

    record Done(Model model) implements Outcome {}

    /** Cancelled; the snapshot is where it goes on. */
    record Stopped() implements Outcome {}

    /** Asked to pause. */
    record Paused() implements Outcome {}

    /** To go on at once with the next backend. */
    record Moved(String why, End end) implements Outcome {
        Moved(String why) {
            this(why, End.BETWEEN_STEPS);
        }
    }

    /** No backend is there. */
    record Waiting(String why) implements Outcome {}

    /**
     * Others hold the memory it needs.
     *
     * @param bytes that it needs at one time
     */
    record Short(String why, long bytes) implements Outcome {}

    /** The representation is not there, or the one that is cannot read the state. */
    record Suspended(String why, End end) implements Outcome {
        Suspended(String why) {
            this(why, End.BETWEEN_STEPS);
        }
    }

    record Failed(Failure failure) implements Outcome {}
}
