package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.engine.Failure;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FitException;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Wish;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * A job: what was ordered, where it stands, and the segments it runs through. It keeps no object of
 * a plugin, so that any plugin may leave between two segments.
 */
final class FitJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(FitJob.class);

    /** Serial numbers of representations begin at 1. */
    private static final long ANOTHER_PROCESS = 0;

    private final String id;
    private final Order order;
    private final Plugins plugins;
    private final Grants grants;
    private final Archive archive;
    private final Pace pace;
    private final Beginning begun = new Beginning();
    private final Wishes wishes;
    private final Bulletin bulletin;
    private final Blame blame;
    private final Figures figures = new Figures();
    private final Tally tally = new Tally();
    private final Relay relay;
    private final Watch watch;

    private volatile Snapshot snapshot;
    private volatile long writer = ANOTHER_PROCESS;
    private volatile int writtenVersion;
    private volatile double spentThen;
    private volatile String backend = "";
    private volatile long heapWasFullAt = -1;
    private volatile String movedWhy;
    private volatile JobState state = JobState.RUNNING;
    private volatile String why = "";
    private volatile Model result;
    private volatile Failure failure;

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
        this.writtenVersion = order.version();
        this.wishes = new Wishes(order.policy(), order.backend());
        this.bulletin = new Bulletin(id, this::status);
        this.blame = new Blame(wishes, plugins.backends(), bulletin);
        this.pace = new Pace(order.steps(), order.seconds(), order.isCeiling());
        this.relay = new Relay(this, plugins, grants);
        this.watch = new Watch(this, relay, plugins.representations(), archive, bulletin);
        this.spentThen = spent;
        pace.spent(spent);
        pace.at(snapshot == null ? 0 : snapshot.step());
    }

    @Override
    public Task task() {
        return order.task();
    }

    @Override
    public Map<String, String> settings() {
        return Map.copyOf(order.settings());
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

    void snapshot(Segment from, Snapshot taken) {
        relay.unlessAbandoned(
                from,
                () -> {
                    snapshot = taken;
                    writer = from.representation().serial();
                    writtenVersion = from.version();
                    spentThen = pace.elapsed();
                });
    }

    /** Whether a representation of this version has written the snapshot, as far as is known. */
    boolean isWrittenBy(Lease<Representation> representation, int version) {
        return writer == ANOTHER_PROCESS
                ? version == writtenVersion
                : writer == representation.serial();
    }

    /** Of the representation that has written the snapshot; at first, that it was begun with. */
    int writtenVersion() {
        return writtenVersion;
    }

    Wishes wishes() {
        return wishes;
    }

    /** What the engine looks after it with. */
    Watch watch() {
        return watch;
    }

    Figures figures() {
        return figures;
    }

    /** The representation has accepted the task. */
    void begun() {
        begun.end();
    }

    /** Whether a representation has accepted the task in this process. */
    boolean hasBegun() {
        return begun.isOver();
    }

    /** What its fit needs is away; its thread waits for that. */
    void standsStill(Segment from, String reason) {
        if (become(from, JobState.SUSPENDED, reason)) {
            noteHere(reason);
            archive.save(this, snapshot);
            bulletin.tell();
        }
    }

    /** What its fit needs is there again. */
    void goesOn(Segment from) {
        if (become(from, JobState.RUNNING, "")) {
            noteHere("goes on");
            bulletin.tell();
        }
    }

    /** It takes its next step from this snapshot; what it had done beyond is lost. */
    void goesOnFrom(Segment from, Snapshot taken) {
        long step = taken == null ? 0 : taken.step();
        relay.unlessAbandoned(
                from,
                () -> {
                    tally.again(pace.step() - step);
                    pace.at(step);
                });
    }

    /** It runs on {@code name} now. */
    void moved(Segment from, String name) {
        boolean wasAway = state == JobState.SUSPENDED;
        if (!become(from, JobState.RUNNING, "")) {
            return;
        }
        if (wasAway) {
            noteHere(order.representation() + " is back");
        }
        if (!backend.isEmpty() && movedWhy != null) {
            noteHere(backend + " → " + name + " (" + movedWhy + ")");
        }
        movedWhy = null;
        backend = name;
        wishes.on(name);
        bulletin.tell();
    }

    private boolean become(Segment from, JobState next, String reason) {
        return relay.unlessAbandoned(
                from,
                () -> {
                    state = next;
                    why = reason;
                });
    }

    /** A step has been taken. */
    void stepped(Segment from, Metrics given) {
        if (relay.unlessAbandoned(from, pace::advance)) {
            measured(given);
        }
    }

    /** Nothing is wrong with the step that was taken. */
    void passed(Segment from) {
        relay.unlessAbandoned(from, () -> blame.passed(pace.step(), from.backend()));
    }

    /** All steps have been taken and the model is made. */
    void finished(Segment from, Metrics given) {
        if (relay.unlessAbandoned(from, () -> blame.confirm(from.backend()))) {
            measured(given);
        }
    }

    /**
     * The backend has failed. What came after the snapshot is lost, and so its time does not count:
     * a fit bounded by seconds would end without having been fitted.
     *
     * @return whether the job goes on; if not, no backend is to blame
     */
    boolean suspect(Lease<Backend> failed, String why) {
        goBack();
        return blame.suspect(failed, pace.step(), why);
    }

    void goBack() {
        pace.pause();
        pace.spent(spentThen);
    }

    /** The heap was full; whether the job has come further than when it was so before. */
    boolean mayRetryAfterFullHeap() {
        boolean may = hasBegun() && pace.step() > heapWasFullAt;
        heapWasFullAt = Math.max(heapWasFullAt, pace.step());
        return may;
    }

    Blame blame() {
        return blame;
    }

    private void measured(Metrics given) {
        if (figures.take(given)) {
            bulletin.tell();
        }
        bulletin.progress();
    }

    void checkpoint() {
        archive.save(this, snapshot);
    }

    /** Writes where it stands for whoever looks from another process. */
    void note() {
        archive.note(this);
    }

    // ---- the course of segments

    /** Starts it, or goes on after it has waited; does nothing while it runs or has ended. */
    void wake() {
        boolean isHeld = state == JobState.PAUSED && wishes.isPaused() && !wishes.isCancelled();
        if (!isHeld) {
            relay.wake();
        }
    }

    /** Whether a job that has just come to rest would rather go on. */
    boolean wantsOn(Outcome outcome) {
        return wishes.isCancelled() || outcome instanceof Outcome.Paused && !wishes.isPaused();
    }

    /** Whatever goes wrong now, the job comes to an end: others wait for that. */
    void conclude(Outcome outcome) {
        try {
            after(outcome);
        } catch (Throwable thrown) {
            String reason = "fit: broke off";
            try {
                LOG.error("job {}: its course broke off", id, thrown);
                reason = "fit: broke off with " + thrown;
            } finally {
                if (!relay.isOver()) {
                    end(JobState.FAILED, reason, null);
                }
            }
        }
    }

    private void after(Outcome outcome) {
        switch (outcome) {
            case Outcome.Moved(String reason, Outcome.End end) -> {
                tally.count(end);
                movedWhy = reason;
                relay.next();
            }
            case Outcome.Waiting(String reason) -> rest(JobState.WAITING, reason);
            case Outcome.Suspended(String reason, Outcome.End end) -> {
                tally.count(end);
                rest(JobState.SUSPENDED, reason);
            }
            case Outcome.Short(String reason, long bytes) -> {
                rest(JobState.WAITING, reason);
                grants.queue().enter(this, bytes);
            }
            case Outcome.Paused() ->
                    rest(JobState.PAUSED, "held as asked; `kernfield resume " + id + "` goes on");
            case Outcome.Stopped() -> {
                archive.save(this, snapshot);
                noteHere("stopped");
                end(JobState.STOPPED, archive.stopped(this), null);
            }
            case Outcome.Done(Model model) -> {
                result = model;
                end(JobState.DONE, "", null);
            }
            case Outcome.Failed(Failure failed) when !begun.isOver() -> refuse(failed);
            case Outcome.Failed(Failure failed) -> {
                failure = failed;
                LOG.warn("job {} failed: {}", id, failed.trace());
                noteHere("failed (" + Sentences.of(failed) + ")");
                end(JobState.FAILED, Sentences.of(failed), null);
            }
        }
    }

    /** The task or its settings do not suit: whoever ordered the job hears it, nothing is left. */
    private void refuse(Failure failed) {
        archive.discard();
        end(JobState.FAILED, Sentences.of(failed), Sentences.refusal(failed));
    }

    private void rest(JobState waiting, String reason) {
        begun.end();
        noteHere(reason);
        state = waiting;
        why = reason;
        archive.save(this, snapshot);
        relay.rest();
        bulletin.tell();
    }

    /**
     * @param refusal what whoever ordered the job hears, or null
     */
    private void end(JobState last, String reason, RuntimeException refusal) {
        state = last;
        why = reason;
        try {
            if (last == JobState.FAILED) {
                archive.save(this, snapshot);
            }
            archive.close(this);
        } finally {
            snapshot = null;
            relay.end();
            if (refusal == null) {
                begun.end();
            } else {
                begun.end(refusal);
            }
            bulletin.tell();
        }
    }

    /** Whether it has ended and let go of what is kept of it. */
    boolean isOver() {
        return relay.isOver();
    }

    /** Whether it runs or is about to. */
    boolean hasThread() {
        return relay.hasThread();
    }

    private void noteHere(String event) {
        bulletin.note("step " + pace.step() + ": " + event);
    }

    /**
     * Waits until the representation has accepted or refused the task, or it has ended.
     *
     * @throws CancellationException if the thread is interrupted before; the job is cancelled
     */
    void awaitBegun() {
        begun.await(this::cancel);
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
                figures.values(),
                pace.rate(),
                isDone ? 1 : pace.shown(),
                pace.elapsed(),
                isDone ? 0 : pace.secondsLeft(),
                figures.firstSeconds(),
                order.outputName(),
                tally.sum(),
                why);
    }

    @Override
    public AutoCloseable listen(Consumer<JobStatus> listener) {
        return bulletin.listen(listener);
    }

    @Override
    public JobStatus await() throws InterruptedException {
        relay.awaitEnd();
        return status();
    }

    @Override
    public JobStatus await(Duration limit) throws InterruptedException {
        relay.awaitEnd(limit);
        return status();
    }

    @Override
    public Optional<Model> draft() {
        Snapshot last = snapshot;
        return last == null
                ? Optional.empty()
                : Optional.of(new Draft(plugins, grants).of(order, last));
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
    public void ask(Wish wish) {
        if (wish.kind() == Wish.Kind.SWAP && !plugins.backends().names().contains(wish.backend())) {
            throw new IllegalArgumentException(
                    Sentences.unknown("backend", wish.backend(), plugins.backends().names()));
        }
        wishes.ask(wish);
        wake();
    }

    @Override
    public List<String> log() {
        return bulletin.lines();
    }
}
