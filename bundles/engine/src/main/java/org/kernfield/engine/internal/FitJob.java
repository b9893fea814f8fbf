package org.kernfield.engine.internal;

import org.kernfield.engine.Failure;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FitException;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A job: what was ordered, where it stands, and the segments it runs through. It keeps no object of
 * a plugin, so that any plugin may leave between two segments.
 */
final class FitJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(FitJob.class);

    private final String id;
    private final Order order;
    private final Plugins plugins;
    private final Grants grants;
    private final Archive archive;
    private final Pace pace;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final Wishes wishes;
    private final Bulletin bulletin;

    private volatile Snapshot snapshot;
    private volatile Map<String, Double> metrics = Map.of();
    private volatile double firstResult = Double.NaN;
    private volatile String backend = "";
    private volatile String movedWhy;
    private volatile JobState state = JobState.RUNNING;
    private volatile String why = "";
    private volatile Model result;
    private volatile Failure failure;
    private boolean hasThread;
    private boolean isOver;

    /**
     * @param archive where checkpoints go
     * @param snapshot where to go on, or null
     * @param spent seconds spent on it in earlier processes
     */
    FitJob(
            String id,
            Order order,
            Plugins plugins,
            Grants grants,
            Archive archive,
            Snapshot snapshot,
            double spent) {
        this.id = id;
        this.order = order;
        this.plugins = plugins;
        this.grants = grants;
        this.archive = archive;
        this.snapshot = snapshot;
        this.wishes = new Wishes(order.backend());
        this.bulletin = new Bulletin(id, this::status);
        this.pace = new Pace(order.steps(), order.seconds());
        pace.spent(spent);
        pace.at(snapshot == null ? 0 : snapshot.step());
    }

    // ---- for the segments

    Order order() {
        return order;
    }

    Pace pace() {
        return pace;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    void snapshot(Snapshot taken) {
        snapshot = taken;
    }

    Wishes wishes() {
        return wishes;
    }

    Map<String, Double> metrics() {
        return metrics;
    }

    /** The representation has accepted the task. */
    void begun() {
        begun.complete(null);
    }

    /** It runs on {@code name} now. */
    void moved(String name) {
        if (state == JobState.SUSPENDED) {
            bulletin.note("step " + pace.step() + ": " + order.representation() + " is back");
        }
        if (!backend.isEmpty() && movedWhy != null) {
            bulletin.note(
                    "step " + pace.step() + ": " + backend + " → " + name + " (" + movedWhy + ")");
        }
        movedWhy = null;
        backend = name;
        wishes.prefer(name);
        become(JobState.RUNNING, "");
    }

    void measured(Metrics figures) {
        metrics = new LinkedHashMap<>(figures.values());
        if (Double.isNaN(firstResult) && metrics.values().stream().anyMatch(v -> !v.isNaN())) {
            firstResult = ProcessClock.seconds();
            bulletin.tell();
        }
        bulletin.progress();
    }

    void checkpoint() {
        archive.save(this, snapshot);
    }

    // ---- the course of segments

    /** Starts it, or goes on after it has waited; does nothing while it runs or has ended. */
    void wake() {
        synchronized (this) {
            if (hasThread || isOver) {
                return;
            }
            hasThread = true;
        }
        startSegment();
    }

    private void startSegment() {
        Threads.start(
                "kernfield-job-" + id,
                () -> {
                    long backends = plugins.backends().arrived();
                    long representations = plugins.representations().arrived();
                    Outcome outcome;
                    try {
                        outcome = new Segment(this, plugins, grants).run();
                    } catch (Throwable thrown) {
                        outcome = new Outcome.Failed(Failure.of(thrown));
                    }
                    after(outcome);
                    if (outcome instanceof Outcome.Waiting
                            || outcome instanceof Outcome.Suspended) {
                        // whatever came while it was about to wait did not find it waiting
                        if (wishes.isCancelled()
                                || plugins.backends().arrived() != backends
                                || plugins.representations().arrived() != representations) {
                            wake();
                        }
                    }
                });
    }

    private void after(Outcome outcome) {
        switch (outcome) {
            case Outcome.Moved(String reason) -> {
                movedWhy = reason;
                startSegment();
            }
            case Outcome.Waiting(String reason) -> rest(JobState.WAITING, reason);
            case Outcome.Suspended(String reason) -> rest(JobState.SUSPENDED, reason);
            case Outcome.Stopped() -> {
                archive.save(this, snapshot);
                bulletin.note("step " + pace.step() + ": stopped");
                end(JobState.STOPPED, archive.stopped(this));
            }
            case Outcome.Done(Model model) -> {
                result = model;
                end(JobState.DONE, "");
            }
            case Outcome.Failed(Failure failed) when !begun.isDone() -> refuse(failed);
            case Outcome.Failed(Failure failed) -> {
                failure = failed;
                LOG.warn("job {} failed: {}", id, failed.trace());
                bulletin.note("step " + pace.step() + ": failed (" + Sentences.of(failed) + ")");
                end(JobState.FAILED, Sentences.of(failed));
            }
        }
    }

    /** The task or its settings do not suit: whoever ordered the job hears it, nothing is left. */
    private void refuse(Failure failed) {
        archive.discard();
        end(JobState.FAILED, Sentences.of(failed));
        begun.completeExceptionally(Sentences.refusal(failed));
    }

    private void rest(JobState waiting, String reason) {
        begun.complete(null);
        bulletin.note("step " + pace.step() + ": " + reason);
        archive.save(this, snapshot);
        state = waiting;
        why = reason;
        synchronized (this) {
            hasThread = false;
        }
        bulletin.tell();
    }

    private void end(JobState last, String reason) {
        state = last;
        why = reason;
        snapshot = null;
        archive.close(this);
        synchronized (this) {
            isOver = true;
            hasThread = false;
            notifyAll();
        }
        bulletin.tell();
    }

    private void become(JobState next, String reason) {
        state = next;
        why = reason;
        bulletin.tell();
    }

    /** Waits until the representation has accepted or refused the task. */
    void awaitBegun() {
        try {
            begun.join();
        } catch (java.util.concurrent.CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    // ---- for callers

    @Override
    public String id() {
        return id;
    }

    @Override
    public JobStatus status() {
        boolean isDone = state == JobState.DONE;
        return new JobStatus(
                id,
                state,
                order.inputName(),
                order.task().name(),
                order.representation(),
                backend,
                order.seed(),
                pace.step(),
                metrics,
                pace.rate(),
                isDone ? 1 : pace.progress(),
                pace.elapsed(),
                isDone ? 0 : pace.secondsLeft(),
                firstResult,
                order.outputName(),
                why);
    }

    @Override
    public AutoCloseable listen(Consumer<JobStatus> listener) {
        return bulletin.listen(listener);
    }

    @Override
    public JobStatus await() throws InterruptedException {
        synchronized (this) {
            while (!isOver) {
                wait();
            }
        }
        return status();
    }

    @Override
    public JobStatus await(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            long millis;
            while (!isOver && (millis = (deadline - System.nanoTime()) / 1_000_000) > 0) {
                wait(millis);
            }
        }
        return status();
    }

    @Override
    public Model result() {
        if (result == null) {
            String reason = why.isEmpty() ? "it has not finished" : why;
            throw new FitException(
                    state == JobState.FAILED ? reason : id + ": no result; " + reason);
        }
        return result;
    }

    @Override
    public FieldHandle field() {
        return new LeasedField(result(), plugins, grants);
    }

    @Override
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void cancel() {
        wishes.cancel();
        wake();
    }

    @Override
    public void swap(String name) {
        if (!plugins.backends().names().contains(name)) {
            throw new IllegalArgumentException(
                    Sentences.unknown("backend", name, plugins.backends().names()));
        }
        wishes.want(name);
    }

    @Override
    public List<String> log() {
        return bulletin.lines();
    }
}
