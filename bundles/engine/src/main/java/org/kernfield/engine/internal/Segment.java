package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.engine.Failure;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;

import java.util.LinkedHashMap;
import java.util.concurrent.CancellationException;

/**
 * The part of a job between two moves: one representation, one backend, one thread. All of a
 * plugin's objects live on this thread's stack and end with it; what goes on is a {@link Snapshot}.
 */
final class Segment {
    private final FitJob job;
    private final Plugins plugins;
    private final Grants grants;

    Segment(FitJob job, Plugins plugins, Grants grants) {
        this.job = job;
        this.plugins = plugins;
        this.grants = grants;
    }

    Outcome run() {
        if (job.wishes().isCancelled()) {
            return new Outcome.Stopped();
        }
        Order order = job.order();
        var lease = plugins.representations().lease(e -> e.name.equals(order.representation()));
        if (lease == null) {
            return new Outcome.Suspended(
                    order.representation()
                            + ": the representation has left; it goes on when that is back");
        }
        try (lease) {
            if (lease.service().version() < order.version()) {
                return new Outcome.Suspended(
                        order.representation()
                                + ": only version "
                                + lease.service().version()
                                + " is here; it goes on with version "
                                + order.version());
            }
            Fit fit = lease.service().begin(order.task(), settings(lease.service(), order));
            job.begun();
            return onBackend(fit, lease);
        } catch (Throwable thrown) {
            return new Outcome.Failed(Failure.of(thrown));
        }
    }

    private static Settings settings(Representation representation, Order order) {
        var own = new LinkedHashMap<String, String>();
        for (Setting<?> setting : representation.settings()) {
            String text = order.settings().get(setting.name());
            if (setting.name().equals("seed")) {
                text = Long.toString(order.seed());
            }
            if (text != null) {
                own.put(setting.name(), text);
            }
        }
        return Settings.of(representation.settings(), own);
    }

    private Outcome onBackend(Fit fit, Lease<Representation> representation) {
        Lease<Backend> lease = plugins.backend(job.wishes().preferred(), job.wishes()::isShunned);
        if (lease == null) {
            return new Outcome.Waiting("no backend is there; it goes on when one comes");
        }
        try (lease) {
            var brake = new Brake(job.wishes(), representation, lease);
            var workers = grants.pool().workers(job.order().threads());
            job.pace().start();
            try (var compute =
                    new LeasedCompute(
                            lease, workers, grants.budget(), brake, job.pace()::progress)) {
                return guarded(fit, compute, representation, lease);
            } finally {
                job.pace().pause();
            }
        } catch (RuntimeException | LinkageError refused) {
            // it could not be opened, for example because a module of the JDK is missing
            return fault(lease, Failure.of(refused));
        }
    }

    private Outcome guarded(
            Fit fit,
            LeasedCompute compute,
            Lease<Representation> representation,
            Lease<Backend> backend) {
        try {
            return steps(fit, compute, representation, backend);
        } catch (Throwable thrown) {
            if (representation.isBroken()) {
                return new Outcome.Suspended(
                        representation.name() + ": the representation left during a step");
            }
            if (backend.isBroken()) {
                return new Outcome.Moved("service withdrawn, step broken off");
            }
            if (job.wishes().isCancelled() && thrown instanceof CancellationException) {
                return new Outcome.Stopped();
            }
            if (compute.fault() != null) {
                return fault(backend, compute.fault());
            }
            return new Outcome.Failed(Failure.of(thrown));
        }
    }

    private Outcome fault(Lease<Backend> backend, Failure failure) {
        String why = "fault: " + failure.type() + ": " + failure.message();
        backend.fault(why);
        job.wishes().shun(backend.serial());
        Lease<Backend> next = plugins.backend(null, job.wishes()::isShunned);
        if (next == null) {
            return new Outcome.Failed(failure);
        }
        next.close();
        return new Outcome.Moved(why);
    }

    private Outcome steps(
            Fit fit,
            LeasedCompute compute,
            Lease<Representation> representation,
            Lease<Backend> backend) {
        Snapshot snapshot = job.snapshot();
        job.pace().at(snapshot == null ? 0 : snapshot.step());
        if (snapshot != null) {
            fit.restore(snapshot.state(), compute);
        }
        job.moved(backend.name());
        var sync = new Interval(Interval.SYNC_SECONDS);
        // the first one early: a fit of the usual length would otherwise never have one
        var checkpoint = new Interval(Interval.SYNC_SECONDS, Interval.CHECKPOINT_SECONDS);
        while (true) {
            if (job.pace().isOver() || (job.pace().step() > 0 && fit.isDone())) {
                Model model = fit.finish(compute);
                job.measured(fit.metrics());
                return new Outcome.Done(Labels.label(model, job));
            }
            Outcome leaving = leaving(representation, backend);
            if (leaving != null) {
                job.snapshot(take(fit, compute));
                return leaving;
            }
            fit.step(compute);
            job.pace().advance();
            job.measured(fit.metrics());
            if (sync.isDue()) {
                sync.spend(() -> job.snapshot(take(fit, compute)));
                if (checkpoint.isDue()) {
                    checkpoint.spend(job::checkpoint);
                }
            }
        }
    }

    /** Why the job may not take another step here; null if it may. */
    private Outcome leaving(Lease<Representation> representation, Lease<Backend> backend) {
        if (job.wishes().isCancelled()) {
            return new Outcome.Stopped();
        }
        if (representation.isLeaving()) {
            return new Outcome.Suspended(
                    representation.name()
                            + ": the representation has left; it goes on when that is back");
        }
        if (backend.isLeaving()) {
            return new Outcome.Moved("service withdrawn");
        }
        if (job.wishes().leaves(backend.name(), plugins.backends().names())) {
            return new Outcome.Moved("asked for");
        }
        return null;
    }

    private Snapshot take(Fit fit, LeasedCompute compute) {
        return Snapshot.copy(fit.state(compute), job.pace().step());
    }
}
