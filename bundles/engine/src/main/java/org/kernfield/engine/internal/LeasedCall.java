package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.CancelToken;
import org.kernfield.engine.Failure;
import org.kernfield.engine.FieldUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A call on a backend from outside any job. A backend that gives no sign of life meanwhile, or that
 * fails where the next one does not, is taken out of service.
 */
record LeasedCall(Plugins plugins, Grants grants, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedCall.class);

    /** Longer than a job's: whoever calls waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    LeasedCall(Plugins plugins, Grants grants) {
        this(plugins, grants, PATIENCE);
    }

    /** The call may succeed where something else is leased. */
    private static final class Retry extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final RuntimeException thrown;

        /** What the backend is suspected of, or null. */
        final String suspicion;

        Retry(RuntimeException thrown, String suspicion) {
            this.thrown = thrown;
            this.suspicion = suspicion;
        }
    }

    /**
     * Runs {@code body} on all cores, on a thread of its own, on the best backend there is and,
     * where that leaves, fails or is silent, on the next.
     *
     * @param thread its name
     * @param wait how long for a backend while none is there
     * @throws FieldUnavailable if none comes, or what is there is silent for too long
     */
    <R> R onBest(
            String thread,
            Duration wait,
            CancelToken cancel,
            Function<? super LeasedCompute, R> body) {
        var suspects = new LinkedHashMap<Long, String>();
        RuntimeException failure =
                new FieldUnavailable(
                        "model: no backend is here; install or start its plugin, see `kernfield"
                                + " plugins`");
        while (true) {
            Lease<Backend> lease = leased(suspects, wait);
            if (lease == null) {
                throw failure;
            }
            try (lease) {
                R result = attempt(lease, thread, cancel, body);
                suspects.forEach(this::takeOut);
                return result;
            } catch (Retry again) {
                failure = again.thrown;
                if (again.suspicion != null) {
                    suspects.put(lease.serial(), again.suspicion);
                }
            }
        }
    }

    private Lease<Backend> leased(LinkedHashMap<Long, String> suspects, Duration wait) {
        try {
            return plugins.backends()
                    .await(
                            e -> e.fault.isEmpty() && !suspects.containsKey(e.serial),
                            suspects.isEmpty() ? wait : Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void takeOut(long serial, String why) {
        var suspect = plugins.backends().first(e -> e.serial == serial);
        if (suspect != null) {
            plugins.backends().fault(serial, why);
            LOG.warn("backend {}: taken out of service ({}); another answered", suspect.name, why);
        }
    }

    /**
     * Runs {@code body} on this backend.
     *
     * @throws FieldUnavailable if it is silent for too long; the lease is broken then
     */
    <R> R on(Lease<Backend> backend, String thread, Function<? super LeasedCompute, R> body) {
        try {
            return attempt(backend, thread, CancelToken.NONE, body);
        } catch (Retry e) {
            throw e.thrown;
        }
    }

    private <R> R attempt(
            Lease<Backend> backend,
            String thread,
            CancelToken cancel,
            Function<? super LeasedCompute, R> body) {
        var running = new AtomicReference<LeasedCompute>();
        try {
            return Sentences.detached(
                    thread,
                    interrupted -> {
                        CancelToken broken =
                                () ->
                                        cancel.isCancelled()
                                                || backend.isBroken()
                                                || interrupted.isCancelled();
                        try (var compute =
                                new LeasedCompute(
                                        backend,
                                        plugins.algebras(),
                                        grants.pool().workers(WorkPool.cores()),
                                        grants.budget(),
                                        broken,
                                        () -> 1)) {
                            running.set(compute);
                            return body.apply(compute.open());
                        }
                    },
                    () -> isSilent(running.get()));
        } catch (Threads.Hopeless e) {
            throw givenUp(backend, running.get());
        } catch (RuntimeException e) {
            boolean isUnwanted = cancel.isCancelled() || Thread.currentThread().isInterrupted();
            throw isUnwanted || running.get() == null ? e : judged(e, backend, running.get());
        }
    }

    private static RuntimeException judged(
            RuntimeException thrown, Lease<Backend> backend, LeasedCompute compute) {
        if (backend.isBroken() || compute.isAlgebraBroken()) {
            return new Retry(thrown, null);
        }
        Failure fault = compute.fault();
        return fault == null ? thrown : new Retry(thrown, fault.type() + ": " + fault.message());
    }

    /** Takes out of service what is silent. */
    private RuntimeException givenUp(Lease<Backend> backend, LeasedCompute compute) {
        grants.pool().renew();
        LeasedAlgebra algebra = compute.silentAlgebra();
        backend.abandon();
        String why = "no sign of life for %.1f s in a call".formatted(patience.toNanos() * 1e-9);
        if (algebra != null) {
            algebra.abandon();
            var unavailable =
                    new FieldUnavailable("linear algebra: " + why + "; restart its plugin");
            return algebra.blame(why) ? new Retry(unavailable, null) : unavailable;
        }
        plugins.backends().fault(backend.serial(), why);
        LOG.warn("backend {}: taken out of service ({})", backend.name(), why);
        return new Retry(
                new FieldUnavailable(
                        "%s: %s; `kernfield selftest %s` brings it back"
                                .formatted(backend.name(), why, backend.name())),
                null);
    }

    private boolean isSilent(LeasedCompute running) {
        return running != null && running.silentNanos() > patience.toNanos();
    }
}
