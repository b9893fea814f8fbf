package org.kernfield.engine.internal;

import org.kernfield.engine.FitException;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Resume;
import org.kernfield.engine.Wish;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** Where jobs are taken in: requests become orders, orders become jobs. */
final class Desk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    /** Ended jobs are listed from disk; these few are kept whole, with their data and result. */
    private static final int ENDED_KEPT = 4;

    private static final Duration FOREVER = Duration.ofDays(365);

    private final Plugins plugins;
    private final Grants grants;
    private final JobStore store;
    private final Duration patience;
    private final Inputs inputs;
    private final Map<String, FitJob> jobs = new LinkedHashMap<>();
    private final AtomicLong unkept = new AtomicLong();
    private Thread watch;
    private volatile boolean isClosed;

    Desk(Plugins plugins, Grants grants, JobStore store, Shelf shelf, Duration patience) {
        this.patience = patience;
        this.plugins = plugins;
        this.grants = grants;
        this.store = store;
        this.inputs = new Inputs(plugins.readers(), shelf);
        plugins.backends().onArrival(this::wakeAll);
        plugins.representations().onArrival(this::wakeAll);
        plugins.algebras().onArrival(this::wakeAll);
    }

    /** Jobs that wait may find what they waited for. */
    private void wakeAll() {
        for (FitJob job : jobs()) {
            try {
                job.wake();
            } catch (RuntimeException | Error e) {
                LOG.warn("job {}: it could not go on now", job.id(), e);
            }
        }
    }

    /** Jobs of this engine, oldest first; of those that have ended only the latest. */
    List<FitJob> jobs() {
        synchronized (jobs) {
            return List.copyOf(jobs.values());
        }
    }

    /** A job of this engine; null if there is none. */
    FitJob find(String id) {
        return jobs().stream().filter(j -> j.id().equals(id)).findFirst().orElse(null);
    }

    private void put(FitJob job) {
        synchronized (jobs) {
            jobs.remove(job.id());
            var ended = new ArrayList<>(jobs.values());
            ended.removeIf(j -> !j.status().state().isEnd());
            for (int k = 0; k <= ended.size() - ENDED_KEPT; k++) {
                jobs.remove(ended.get(k).id());
            }
            jobs.put(job.id(), job);
        }
    }

    /** What a job would be fitted to. */
    Task task(Path input, Map<String, String> settings) throws IOException {
        return inputs.read(input, settings).task();
    }

    FitJob submit(FitRequest request) throws IOException {
        require(request.backend());
        if (request.representation() != null) {
            plugins.requireRepresentation(request.representation());
        }
        Inputs.Read read =
                request.input() == null
                        ? new Inputs.Read(request.task(), request.task().settings())
                        : inputs.read(
                                request.input(),
                                request.settings(),
                                kind -> Rehearsal.begin(plugins, grants, request, kind));
        Order order = order(request, read);
        String check = Inputs.check(order.input());
        JobFiles files = files(order);
        String id = files == null ? unkept(order) : files.id();
        return start(id, order, new Archive(files, check, null), null, 0);
    }

    private Order order(FitRequest request, Inputs.Read read) {
        Task task = read.task();
        String name = chosen(task, request.representation());
        int version;
        double usual;
        try (var lease = plugins.representation(name)) {
            if (lease == null) {
                throw new FitException(name + ": it has just left; once more when it is back");
            }
            version = lease.service().version();
            usual = lease.service().usualSeconds();
            refuseUnfit(request.settings(), lease.service(), read.settings());
        }
        var settings = new LinkedHashMap<>(request.settings());
        String seed = settings.remove("seed");
        boolean isOpen = request.steps() == null && request.seconds() == null;
        return new Order(
                request.input() == null ? null : request.input().toAbsolutePath(),
                task,
                name,
                version,
                settings,
                request.steps(),
                isOpen ? Double.valueOf(usual) : request.seconds(),
                isOpen && usual > Representation.ENDLESS_SECONDS,
                seed == null ? request.seed() : Long.parseLong(seed.strip()),
                request.threads() == 0 ? WorkPool.cores() : request.threads(),
                request.memory(),
                request.backend(),
                request.policy(),
                request.output() == null ? null : request.output().toAbsolutePath());
    }

    /** It may leave at any moment, and be back a moment later. */
    private String chosen(Task task, String asked) {
        while (true) {
            if (asked != null) {
                plugins.requireRepresentation(asked);
            }
            try {
                return Choice.of(plugins.representations(), task, asked);
            } catch (IllegalArgumentException left) {
                LOG.debug("{} left just now", asked, left);
            }
        }
    }

    private void require(String backend) {
        if (backend != null) {
            plugins.requireBackend(backend);
        }
    }

    private static void refuseUnfit(
            Map<String, String> given, Representation representation, List<Setting<?>> readers) {
        var known = new ArrayList<Setting<?>>(representation.settings());
        known.addAll(readers);
        Settings.of(known, given);
    }

    private JobFiles files(Order order) {
        try {
            return store.create(order.inputName());
        } catch (IOException e) {
            LOG.warn(
                    "{}: jobs cannot be kept there ({}); this one cannot be resumed",
                    store.home(),
                    e.toString());
            return null;
        }
    }

    /** A name that no directory has. */
    private String unkept(Order order) {
        return JobStore.stem(order.inputName()) + "-unkept-" + unkept.incrementAndGet();
    }

    private FitJob start(String id, Order order, Archive archive, Snapshot snapshot, double spent) {
        var job = new FitJob(id, order, plugins, grants, archive, snapshot, spent);
        put(job);
        beginWatch();
        archive.note(job);
        job.wake();
        try {
            job.awaitBegun();
        } catch (CancellationException interrupted) {
            throw interrupted; // it is still watched until it has ended
        } catch (RuntimeException refused) {
            synchronized (jobs) {
                jobs.remove(id, job); // its name may be another's by now
            }
            throw refused;
        }
        return job;
    }

    private synchronized void beginWatch() {
        if (watch == null) {
            watch = Threads.start("kernfield-watch", this::watch);
        }
    }

    private void watch() {
        while (!isClosed) {
            long asleep = System.nanoTime();
            try {
                Thread.sleep(Look.PERIOD);
            } catch (InterruptedException e) {
                return;
            }
            try {
                look(Look.isLate(asleep) ? FOREVER : patience);
            } catch (Throwable full) {
                // not even a line for the log could be made; the next look comes
            }
        }
    }

    /**
     * One look at all jobs, for wishes and signs of life; whatever goes wrong with one of them, the
     * others are looked at.
     */
    private void look(Duration limit) {
        try {
            grants.queue().admit();
        } catch (RuntimeException | Error e) {
            LOG.warn("no job could be let go on that waits for memory", e);
        }
        for (FitJob job : jobs()) {
            try {
                job.watch().look(limit);
            } catch (RuntimeException | Error e) {
                LOG.warn("job {}: it could not be watched", job.id(), e);
            }
        }
    }

    /** Asks a job of this process, or leaves the wish for the process that runs it. */
    void ask(String id, Wish wish) throws IOException {
        FitJob live = find(id);
        if (live != null && !live.isOver()) {
            live.watch().hear();
            live.ask(wish);
        } else {
            store.ask(id, wish);
        }
    }

    /**
     * Removes a job that has ended, and what is kept of it.
     *
     * @throws IllegalArgumentException if it runs, or there is none
     */
    void forget(String id) throws IOException {
        FitJob live = find(id);
        if (live != null && !live.isOver()) {
            throw new IllegalArgumentException(id + ": it is running; cancel it first");
        }
        if (live == null || store.has(id)) {
            store.remove(id);
        }
        synchronized (jobs) {
            jobs.remove(id, live);
        }
    }

    FitJob resume(String id, Resume changes) throws IOException {
        FitJob live = find(id);
        if (live != null && !live.isOver()) {
            throw new IllegalArgumentException(id + ": it is running; cancel it first");
        }
        require(changes.backend());
        JobFiles files = store.reopen(id);
        boolean isTaken = false;
        try {
            files.takeWishes(meantForItBeforeItEnded -> {});
            Map<String, String> record = files.record();
            Order stored = stored(id, files, record);
            Order order = changed(stored, changes);
            plugins.requireRepresentation(order.representation());
            Archive.Kept kept = files.hasState() ? Archive.load(files) : new Archive.Kept(null, 0);
            isTaken = true;
            var archive =
                    new Archive(
                            files,
                            record.getOrDefault("inputCheck", ""),
                            record.getOrDefault("created", "0"));
            return start(id, order, archive, kept.snapshot(), kept.spent());
        } finally {
            if (!isTaken) {
                files.close();
            }
        }
    }

    private Order stored(String id, JobFiles files, Map<String, String> record) throws IOException {
        if (!JobRecord.canResume(record, files.hasState())) {
            throw new IllegalArgumentException(
                    id
                            + ": "
                            + ("DONE".equals(record.get("state"))
                                    ? "it is finished; fit its input again to go further"
                                    : "there is no checkpoint; start the fit anew"));
        }
        Order order;
        try {
            order = JobRecord.order(record);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    id + ": its record is broken (" + e.getMessage() + "); start the fit anew");
        }
        if (order.input() == null) {
            return order.with(Archive.loadInput(files));
        }
        Task task = inputs.read(order.input(), order.settings()).task();
        Inputs.refuseChanged(id, order.input(), record.getOrDefault("inputCheck", ""));
        return order.with(task);
    }

    private static Order changed(Order order, Resume changes) {
        boolean isBounded = changes.steps() != null || changes.seconds() != null;
        return new Order(
                order.input(),
                order.task(),
                order.representation(),
                order.version(),
                order.settings(),
                isBounded ? changes.steps() : order.steps(),
                isBounded ? changes.seconds() : order.seconds(),
                !isBounded && order.isCeiling(),
                order.seed(),
                changes.threads() == null || changes.threads() == 0
                        ? order.threads()
                        : changes.threads(),
                changes.memory() == null ? order.memory() : changes.memory(),
                changes.backend() != null ? changes.backend() : order.backend(),
                order.policy(),
                order.output());
    }

    @Override
    public void close() {
        List<FitJob> open = jobs();
        open.forEach(FitJob::cancel);
        try {
            awaitAll(open);
        } finally {
            open.forEach(job -> job.watch().giveUp());
            isClosed = true;
        }
    }

    private void awaitAll(List<FitJob> open) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (FitJob job : open) {
                job.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
