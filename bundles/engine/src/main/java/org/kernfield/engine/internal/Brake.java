package org.kernfield.engine.internal;

import org.kernfield.backend.CancelToken;

/**
 * Stops a step under way. An orderly end waits for the step, so that nothing is lost; only a step
 * that outlasts the grace, or whose service could not wait any longer, is broken off.
 */
final class Brake implements CancelToken {
    /** A step should take at most 200 ms. */
    static final long GRACE_NANOS = 300_000_000;

    private final FitJob job;
    private final Lease<?> representation;
    private final Lease<?> backend;

    Brake(FitJob job, Lease<?> representation, Lease<?> backend) {
        this.job = job;
        this.representation = representation;
        this.backend = backend;
    }

    @Override
    public boolean isCancelled() {
        return representation.isBroken()
                || backend.isBroken()
                || (job.isCancelled() && System.nanoTime() - job.cancelledAt() > GRACE_NANOS);
    }
}
