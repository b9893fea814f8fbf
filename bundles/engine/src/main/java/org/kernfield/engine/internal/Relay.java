package org.kernfield.engine.internal;

import org.kernfield.engine.Failure;

import java.time.Duration;

/**
 * The chain of a job's segments. One runs at a time, on a thread of its own; another takes over
 * when it has ended or was abandoned, until the job rests or is over. Thread-safe.
 */
final class Relay {
    /** Made beforehand, for when there is no memory left to tell what happened. */
    private static final Outcome LAST_RESORT =
            new Outcome.Failed(new Failure(OutOfMemoryError.class.getName(), "", ""));

    private final FitJob job;
    private final Plugins plugins;
    private final Grants grants;
    private Segment segment;
    private boolean hasThread;
    private boolean isOver;

    Relay(FitJob job, Plugins plugins, Grants grants) {
        this.job = job;
        this.plugins = plugins;
        this.grants = grants;
    }

    /** Starts a segment if the job rests. */
    void wake() {
        synchronized (this) {
            if (hasThread || isOver) {
                return;
            }
            hasThread = true;
        }
        try {
            next();
        } catch (Throwable noThread) {
            synchronized (this) {
                segment = null;
                hasThread = false;
            }
            throw noThread;
        }
    }

    /** Starts a segment in place of the one that has ended or was abandoned. */
    void next() {
        var next = new Segment(job, plugins, grants);
        synchronized (this) {
            segment = next;
        }
        Threads.start("kernfield-job-" + job.id(), () -> run(next));
    }

    private void run(Segment own) {
        long backends = plugins.backends().arrived();
        long representations = plugins.representations().arrived();
        long algebras = plugins.algebras().arrived();
        Outcome outcome = LAST_RESORT;
        try {
            outcome = own.run();
        } catch (Throwable thrown) {
            outcome = new Outcome.Failed(Failure.of(thrown));
        } finally {
            ended(own, outcome, backends, representations, algebras);
        }
    }

    private void ended(
            Segment own, Outcome outcome, long backends, long representations, long algebras) {
        synchronized (this) {
            if (segment != own) {
                return;
            }
            segment = null;
        }
        job.conclude(outcome);
        // whatever came while it was about to rest did not find it resting
        if (plugins.backends().arrived() != backends
                || plugins.representations().arrived() != representations
                || plugins.algebras().arrived() != algebras
                || job.wantsOn(outcome)) {
            job.wake();
        }
    }

    /** The segment that runs; null while the job rests and once it is over. */
    synchronized Segment running() {
        return segment;
    }

    /** Whether this call took the segment off; its thread goes on in vain. */
    synchronized boolean abandon(Segment running) {
        if (segment != running) {
            return false;
        }
        running.abandon();
        segment = null;
        return true;
    }

    /** Makes a change for a segment, unless it goes on in vain; whether it was made. */
    synchronized boolean unlessAbandoned(Segment from, Runnable change) {
        if (from.isAbandoned()) {
            return false;
        }
        change.run();
        return true;
    }

    /** The job rests until it is woken. */
    synchronized void rest() {
        hasThread = false;
    }

    /** The job is over, and has let go of what is kept of it. */
    synchronized void end() {
        isOver = true;
        segment = null;
        hasThread = false;
        notifyAll();
    }

    synchronized boolean isOver() {
        return isOver;
    }

    /** Whether the job runs or is about to. */
    synchronized boolean hasThread() {
        return hasThread;
    }

    synchronized void awaitEnd() throws InterruptedException {
        while (!isOver) {
            wait();
        }
    }

    synchronized void awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long millis;
        while (!isOver && (millis = (deadline - System.nanoTime()) / 1_000_000) > 0) {
            wait(millis);
        }
    }
}
