package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.engine.Failure;
import org.kernfield.field.AbsentException;
import org.kernfield.field.Fit;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * The part of a job between two moves: one representation, one backend, one thread. All of a
 * plugin's objects live on this thread's stack and end with it; what goes on is a {@link Snapshot}.
 */
final class Segment {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    private final FitJob job;
    private final Plugins plugins;
    private final Grants grants;
    private volatile boolean isAbandoned;
    private volatile LeasedCompute compute;
    private volatile Lease<Representation> representation;
    private volatile Lease<Backend> backend;
    private volatile LeasedAlgebra silentAlgebra;
    private Budget budget;
    private int version;
    private boolean isRestoring;
    private long overrunSince;

    Segment(FitJob job, Plugins plugins, Grants grants) {
        this.job = job;
        this.plugins = plugins;
        this.grants = grants;
    }

    /** Whether it goes on in vain: another segment has taken over. */
    boolean isAbandoned() {
        return isAbandoned;
    }

    /** Lets it go on in vain; what it still holds it gives back when its call ends. */
    void abandon() {
        isAbandoned = true;
        LeasedCompute running = compute;
        silentAlgebra = running == null ? null : running.silentAlgebra();
        if (silentAlgebra != null) {
            silentAlgebra.abandon();
        }
        Stream.of(representation, backend).filter(Objects::nonNull).forEach(Lease::abandon);
        grants.pool().renew(); // its parts may hold threads that all share
    }

    /** For how long a call to the backend has given no sign of life. */
    long silentNanos() {
        LeasedCompute running = compute;
        return running == null ? 0 : running.silentNanos();
    }

    /**
     * How it ends once it has gone on for longer than {@code nanos} though what it runs on waits no
     * longer; null if it need not end. Asked by one thread alone.
     */
    Outcome overrun(long nanos) {
        Outcome broken = brokenOff();
        long now = System.nanoTime();
        if (broken == null || overrunSince == 0) {
            overrunSince = now;
            return null;
        }
        return now - overrunSince > nanos ? broken : null;
    }

    /** How it ends if a plugin that has left waits for it no longer; null if none does. */
    private Outcome brokenOff() {
        if (representation != null && representation.isBroken()) {
            return new Outcome.Suspended(
                    representation.name() + ": the representation left during a step",
                    Outcome.End.BROKEN_OFF);
        }
        return backend != null && backend.isBroken()
                ? new Outcome.Moved("service withdrawn, step broken off", Outcome.End.BROKEN_OFF)
                : null;
    }

    /**
     * Blames the backend or the linear algebra for its silence, once abandoned.
     *
     * @return whether the job goes on, on another or when one comes
     */
    boolean blame(String silent) {
        if (silentAlgebra != null) {
            return silentAlgebra.blame(silent);
        }
        job.blame().silent(backend, job.pace().step(), silent);
        return true;
    }

    /** In use for as long as the segment runs; null before. */
    Lease<Representation> representation() {
        return representation;
    }

    int version() {
        return version;
    }

    Lease<Backend> backend() {
        return backend;
    }

    Outcome run() {
        Outcome outcome = attempt();
        return outcome instanceof Outcome.Failed(Failure failure)
                        && Sentences.isOfHeap(failure)
                        && !isAbandoned
                        && job.mayRetryAfterFullHeap()
                ? new Outcome.Short("memory: the Java heap is full; it goes on in a moment", 0)
                : outcome;
    }

    private Outcome attempt() {
        if (job.wishes().isCancelled()) {
            return new Outcome.Stopped();
        }
        if (job.wishes().isPaused()) {
            return new Outcome.Paused();
        }
        Order order = job.order();
        var lease = plugins.representations().lease(e -> e.name.equals(order.representation()));
        if (lease == null) {
            return new Outcome.Suspended(Reasons.left(order.representation()));
        }
        try (lease) {
            representation = lease;
            version = lease.service().version();
            if (version < job.writtenVersion()) {
                return new Outcome.Suspended(
                        Reasons.tooOld(order.representation(), version, job.writtenVersion()));
            }
            Fit fit = begin(lease, order);
            if (fit == null) {
                // what it stopped for may be over by now
                return Objects.requireNonNullElse(stopping(lease), new Outcome.Moved("goes on"));
            }
            job.begun();
            return onBackend(fit, lease);
        } catch (Throwable thrown) {
            return new Outcome.Failed(Failure.of(thrown));
        }
    }

    /** Waits where the job was accepted before; null if it has to stop meanwhile. */
    private Fit begin(Lease<Representation> lease, Order order) {
        var standstill = new Standstill(job, this);
        while (true) {
            try {
                Settings settings = order.settings(lease.service());
                Fit fit = lease.service().begin(order.task(), settings);
                standstill.end();
                return fit;
            } catch (AbsentException absent) {
                if (!job.hasBegun()) {
                    throw absent;
                }
                if (stopping(lease) != null) {
                    return null;
                }
                standstill.stay(absent);
            }
        }
    }

    private Outcome onBackend(Fit fit, Lease<Representation> representation) {
        Lease<Backend> lease = leased();
        if (lease == null) {
            return new Outcome.Waiting(job.wishes().nothing());
        }
        try (lease) {
            backend = lease;
            var brake = new Brake(job.wishes(), representation, lease);
            var workers = grants.pool().workers(job.order().threads());
            long most = job.order().memory();
            budget = grants.budget().share(most == 0 ? Long.MAX_VALUE : most);
            job.pace().start();
            try (var open =
                    new LeasedCompute(
                            lease,
                            plugins.algebras(),
                            workers,
                            budget,
                            brake,
                            job.pace()::progress)) {
                compute = open;
                return guarded(fit, open, representation, lease);
            } finally {
                if (!isAbandoned) {
                    job.pace().pause();
                }
            }
        } catch (RuntimeException | LinkageError refused) {
            // not even its name and operations could be asked for
            return fault(lease, Failure.of(refused));
        }
    }

    /** A suspect too, where the other has left before it showed the difference; null for none. */
    private Lease<Backend> leased() {
        Lease<Backend> lease = job.wishes().lease(plugins.backends());
        boolean isSecond = lease == null && job.wishes().forgiveAll();
        return isSecond ? job.wishes().lease(plugins.backends()) : lease;
    }

    private Outcome guarded(
            Fit fit,
            LeasedCompute compute,
            Lease<Representation> representation,
            Lease<Backend> backend) {
        try {
            return steps(fit, compute.open(), representation, backend);
        } catch (Throwable thrown) {
            Outcome broken = brokenOff();
            if (broken != null) {
                return broken;
            }
            if (compute.algebraTrouble() != null && !isCancelled(thrown)) {
                return compute.algebraTrouble();
            }
            if (isCancelled(thrown)) {
                return new Outcome.Stopped();
            }
            if (thrown instanceof NotANumber diverged) {
                return fault(backend, "it gives numbers that are none (NaN)", diverged.failure());
            }
            if (isShortOfMemory(thrown)) {
                return new Outcome.Short(
                        Reasons.shortOfMemory(budget, grants.budget()), budget.wanted());
            }
            if (compute.fault() != null) {
                return fault(backend, compute.fault());
            }
            Failure failure = Failure.of(thrown);
            return isRestoring && isUnreadable(thrown)
                    ? unreadable(failure)
                    : new Outcome.Failed(failure);
        }
    }

    /** Whether it may be the fault of a version that has not written the state itself. */
    private boolean isUnreadable(Throwable thrown) {
        boolean isRefusal =
                thrown instanceof RuntimeException && !(thrown instanceof OutOfBudgetException)
                        || thrown instanceof LinkageError;
        return isRefusal && !job.isWrittenBy(representation, version);
    }

    private Outcome unreadable(Failure failure) {
        LOG.warn("job {}: its state cannot be read: {}", job.id(), failure.trace());
        return new Outcome.Suspended(Reasons.unreadable(representation.name(), version, failure));
    }

    private boolean isCancelled(Throwable thrown) {
        return job.wishes().isCancelled() && thrown instanceof CancellationException;
    }

    /** Whether it would have had enough if nobody else held any. */
    private boolean isShortOfMemory(Throwable thrown) {
        return thrown instanceof OutOfBudgetException
                && budget.wanted() > 0
                && budget.wanted() <= grants.budget().limit();
    }

    private Outcome fault(Lease<Backend> backend, Failure failure) {
        return fault(backend, failure.type() + ": " + failure.message(), failure);
    }

    /** The backend is suspected; if another fails alike, the job fails and both are cleared. */
    private Outcome fault(Lease<Backend> backend, String why, Failure failure) {
        if (isAbandoned) {
            return new Outcome.Moved("abandoned");
        }
        boolean goesOn = job.suspect(backend, why);
        return goesOn
                ? new Outcome.Moved("fault: " + why, Outcome.End.FAULT)
                : new Outcome.Failed(failure);
    }

    private Outcome steps(
            Fit fit,
            LeasedCompute compute,
            Lease<Representation> representation,
            Lease<Backend> backend) {
        refuseAbandoned();
        Snapshot snapshot = job.snapshot();
        job.goesOnFrom(this, snapshot);
        if (snapshot != null) {
            isRestoring = true;
            fit.restore(snapshot.state(), compute);
            isRestoring = false;
        }
        job.moved(this, backend.name());
        var sync = new Interval(Interval.SYNC_SECONDS);
        // the first one early: a fit of the usual length would otherwise never have one
        var checkpoint = new Interval(Interval.SYNC_SECONDS, Interval.CHECKPOINT_SECONDS);
        var standstill = new Standstill(job, this);
        while (true) {
            refuseAbandoned();
            boolean isOver = job.pace().isOver() || (job.pace().step() > 0 && fit.isDone());
            Outcome leaving =
                    isOver && !standstill.hasBegun() ? null : leaving(representation, backend);
            if (leaving != null) {
                job.snapshot(this, take(fit, compute));
                return leaving;
            }
            try {
                if (isOver) {
                    look(fit, compute);
                    Model model = fit.finish(compute);
                    job.finished(this, fit.metrics());
                    return new Outcome.Done(Labels.label(model, job));
                }
                fit.step(compute);
            } catch (AbsentException absent) {
                refuseAbandoned();
                if (!standstill.hasBegun()) {
                    job.pace().pause();
                    job.snapshot(this, take(fit, compute));
                }
                standstill.stay(absent);
                continue;
            }
            refuseAbandoned();
            if (standstill.end()) {
                job.pace().start();
            }
            job.stepped(this, fit.metrics());
            job.pace().estimate(fit.progress());
            if (job.figures().areLost() || job.blame().decidesAt(job.pace().step())) {
                look(fit, compute);
            }
            job.passed(this);
            if (sync.isDue()) {
                sync.spend(() -> job.snapshot(this, take(fit, compute)));
                if (checkpoint.isDue()) {
                    checkpoint.spend(job::checkpoint);
                } else {
                    job.note();
                }
            }
        }
    }

    /** Whatever it does from now on, the job has gone on without it. */
    private void refuseAbandoned() {
        if (isAbandoned) {
            throw new CancellationException("abandoned");
        }
    }

    /** Why the job may not take another step here; null if it may. */
    private Outcome leaving(Lease<Representation> representation, Lease<Backend> backend) {
        Outcome stopping = stopping(representation);
        if (stopping != null) {
            return stopping;
        }
        if (backend.isLeaving()) {
            return new Outcome.Moved("service withdrawn");
        }
        String reason = job.wishes().leaves(backend, plugins.backends());
        return reason == null ? null : new Outcome.Moved(reason);
    }

    /** Why the job may not go on anywhere; null if it may. */
    private Outcome stopping(Lease<Representation> representation) {
        if (job.wishes().isCancelled()) {
            return new Outcome.Stopped();
        }
        if (representation.isLeaving()) {
            return new Outcome.Suspended(Reasons.left(representation.name()));
        }
        return job.wishes().isPaused() ? new Outcome.Paused() : null;
    }

    /** Refuses numbers that are none before the next step. */
    private void look(Fit fit, LeasedCompute compute) {
        sound(new Snapshot(fit.state(compute), job.pace().step()));
    }

    private Snapshot take(Fit fit, LeasedCompute compute) {
        return sound(Snapshot.copy(fit.state(compute), job.pace().step()));
    }

    private Snapshot sound(Snapshot taken) {
        return NotANumber.refuse(taken, job.snapshot());
    }
}
