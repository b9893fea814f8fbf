package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.engine.FitRequest;
import org.kernfield.field.Fit;
import org.kernfield.field.Representation;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;

/**
 * Makes a backend compile what a fit will need while the input of the fit is still being read: one
 * step towards a made-up task. Whatever goes wrong is told by the fit itself, later.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** Part of the memory that is left. */
    private static final double SHARE = 0.1;

    private final Plugins plugins;
    private final Grants grants;
    private final FitRequest request;
    private final String kind;

    /**
     * @param kind name of the tasks that the input will give
     */
    private Rehearsal(Plugins plugins, Grants grants, FitRequest request, String kind) {
        this.plugins = plugins;
        this.grants = grants;
        this.request = request;
        this.kind = kind;
    }

    /** Begins in the background. */
    static void begin(Plugins plugins, Grants grants, FitRequest request, String kind) {
        Threads.start(
                "kernfield-rehearsal", new Rehearsal(plugins, grants, request, kind)::attempt);
    }

    private void attempt() {
        String asked = request.representation();
        for (var entry : plugins.representations().snapshot()) {
            if (asked == null || asked.equals(entry.name)) {
                try (var lease = plugins.representations().lease(e -> e == entry)) {
                    Task task = lease == null ? null : lease.service().rehearsal();
                    if (task != null && task.name().equals(kind)) {
                        onBackend(lease, task);
                        return;
                    }
                } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                    LOG.debug("the rehearsal of {} ended early", entry.name, e);
                    return;
                }
            }
        }
    }

    private void onBackend(Lease<Representation> representation, Task task) {
        String asked = request.backend();
        try (var backend =
                plugins.backends()
                        .lease(e -> e.fault.isEmpty() && (asked == null || asked.equals(e.name)))) {
            if (backend != null) {
                step(representation, backend, task);
            }
        }
    }

    private void step(Lease<Representation> representation, Lease<Backend> backend, Task task) {
        CancelToken leaving = () -> representation.isLeaving() || backend.isLeaving();
        Budget all = grants.budget();
        var workers = grants.pool().workers(1);
        try (var compute =
                new LeasedCompute(
                        backend,
                        plugins.algebras(),
                        workers,
                        all.share((long) (SHARE * all.left())),
                        leaving,
                        () -> 0)) {
            Representation service = representation.service();
            Fit fit = service.begin(task, settings(service));
            var noting = new NotingCompute(compute.open());
            fit.step(noting);
            noting.prepare();
        }
    }

    private Settings settings(Representation service) {
        var own = new LinkedHashMap<String, String>();
        service.settings().stream()
                .map(s -> s.name())
                .filter(request.settings()::containsKey)
                .forEach(name -> own.put(name, request.settings().get(name)));
        return Settings.of(service.settings(), own);
    }
}
