package org.kernfield.engine;

/** Where a job runs while backends come and go. */
public enum Policy {
    /** On the backend it names whenever that is there, else on the best one there is. */
    BEST,
    /** Where it is until that leaves or fails, then on the best one. */
    STICKY,
    /** Only on the backend it names; it waits while that is away. */
    PINNED
}
