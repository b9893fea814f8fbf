package org.kernfield.engine.internal;

import org.kernfield.engine.Failure;
import org.kernfield.field.Model;

/** How a segment of a job ended. Holds core objects and texts only. */
sealed interface Outcome {
    record Done(Model model) implements Outcome {}

    /** Cancelled; the snapshot is where it goes on. */
    record Stopped() implements Outcome {}

    /** Asked to pause. */
    record Paused() implements Outcome {}

    /** To go on at once with the next backend. */
    record Moved(String why) implements Outcome {}

    /** No backend is there. */
    record Waiting(String why) implements Outcome {}

    /**
     * Others hold the memory it needs.
     *
     * @param bytes that it needs at one time
     */
    record Short(String why, long bytes) implements Outcome {}

    /** The representation is not there. */
    record Suspended(String why) implements Outcome {}

    record Failed(Failure failure) implements Outcome {}
}
