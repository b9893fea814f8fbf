package org.kernfield.engine;

/** Where a job stands. */
public enum JobState {
    /** Steps are being taken, here or in another process. */
    RUNNING,
    /** No backend is there; it goes on by itself when one comes. */
    WAITING,
    /** Asked to pause; it goes on when it is asked to. */
    PAUSED,
    /**
     * Its representation has left, or the one that came cannot read its state; it goes on by itself
     * when one comes that can.
     */
    SUSPENDED,
    /** Cancelled or its process ended; {@link Engine#resume} goes on from its checkpoint. */
    STOPPED,
    /** The result is there. */
    DONE,
    /** It failed and cannot go on. */
    FAILED;

    /** Whether nothing more happens by itself. */
    public boolean isEnd() {
        return this == STOPPED || this == DONE || this == FAILED;
    }
}
