package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.CancelToken;
import org.kernfield.engine.FieldUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A call on a backend from outside any job. A backend that gives no sign of life meanwhile is taken
 * out of service, and whoever called is told instead of waiting forever.
 */
record LeasedCall(Plugins plugins, Grants grants, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedCall.class);

    /** Longer than a job's: nobody takes over from here. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    LeasedCall(Plugins plugins, Grants grants) {
        this(plugins, grants, PATIENCE);
    }

    /**
     * Runs {@code body} on all cores, on a thread of its own.
     *
     * @param thread its name
     * @throws FieldUnavailable if the backend is silent for too long; the lease is broken then
     */
    <R> R on(
            Lease<Backend> backend,
            String thread,
            CancelToken broken,
            Function<? super LeasedCompute, R> body) {
        var running = new AtomicReference<LeasedCompute>();
        try {
            return Sentences.detached(
                    thread,
                    interrupted -> {
                        try (var compute =
                                new LeasedCompute(
                                        backend,
                                        plugins.algebras(),
                                        grants.pool().workers(WorkPool.cores()),
                                        grants.budget(),
                                        () -> broken.isCancelled() || interrupted.isCancelled(),
                                        () -> 1)) {
                            running.set(compute);
                            return body.apply(compute.open());
                        }
                    },
                    () -> isSilent(running.get()));
        } catch (Threads.Hopeless e) {
            backend.abandon();
            grants.pool().renew();
            String why = "no sign of life for %.1f s in a call".formatted(seconds());
            plugins.backends().fault(backend.serial(), why);
            LOG.warn("backend {}: taken out of service ({})", backend.name(), why);
            throw new FieldUnavailable(
                    "%s: %s; `kernfield selftest %s` brings it back"
                            .formatted(backend.name(), why, backend.name()));
        }
    }

    private double seconds() {
        return patience.toNanos() * 1e-9;
    }

    private boolean isSilent(LeasedCompute running) {
        return running != null && running.silentNanos() > patience.toNanos();
    }
}
