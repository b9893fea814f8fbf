package org.kernfield.engine.internal;

import org.kernfield.backend.CancelToken;

/**
 * Stops a step under way. An orderly end waits for the step, so that nothing is lost; only a step
 * that outlasts the grace, or whose service could not wait any longer, is broken off.
 */
final class Brake implements CancelToken {
    /** A step should take at most 200 ms. */
    static final long GRACE_NANOS = 300_000_000;

    private final Wishes wishes;
    private final Lease<?> representation;
    private final Lease<?> backend;

    Brake(Wishes wishes, Lease<?> representation, Lease<?> backend) {
        this.wishes = wishes;
        this.representation = representation;
        this.backend = backend;
    }

    @Override
    public boolean isCancelled() {
        return representation.isBroken()
                || backend.isBroken()
                || wishes.isCancelledFor(GRACE_NANOS);
    }
}
