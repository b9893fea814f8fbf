package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Calibrated;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.engine.Check;
import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Loan;
import org.kernfield.engine.Plugin;
import org.kernfield.engine.Resume;
import org.kernfield.engine.Wish;
import org.kernfield.engine.internal.scene.SceneReader;
import org.kernfield.engine.internal.table.TableReader;
import org.kernfield.field.Model;
import org.kernfield.field.Representation;
import org.kernfield.field.Setting;
import org.kernfield.field.Task;
import org.kernfield.field.TaskReader;
import org.kernfield.format.Codec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The engine, with plugins added and removed by whoever finds them. */
public class FieldEngine implements Engine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FieldEngine.class);

    /**
     * How long a departing service waits for the work under way on it, and a job for a sign of life
     * from its backend, which owes one every 100 ms.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;
    private volatile String overrun = "";
    private final Plugins plugins = Plugins.none();
    private final Grants grants;
    private final Shelf shelf = new Shelf(plugins.codecs());
    private final JobStore store;
    private final Desk desk;

    /**
     * @param home for jobs; made when it is needed
     */
    public FieldEngine(Path home) {
        this(home, PATIENCE);
    }

    /**
     * @param patience how long a departing service waits for the work under way on it, and a job
     *     for a sign of life from its backend
     */
    FieldEngine(Path home, Duration patience) {
        this(home, patience, Grants.ofMachine());
    }

    FieldEngine(Path home, Duration patience, Grants grants) {
        this.patience = patience;
        this.grants = grants;
        store = new JobStore(home.toAbsolutePath());
        desk = new Desk(plugins, grants, store, shelf, patience);
        plugins.readers().add(new PictureReader(shelf));
        plugins.readers().add(new TableReader(shelf));
        plugins.readers().add(new SceneReader(shelf, grants.pool().workers(WorkPool.cores())));
    }

    public final void add(Backend backend) {
        plugins.backends().add(backend);
    }

    public final void add(LinearAlgebra algebra) {
        plugins.algebras().add(algebra);
    }

    public final void add(Representation representation) {
        plugins.representations().add(representation);
    }

    public final void add(Codec<?> codec) {
        plugins.codecs().add(codec);
    }

    public final void add(TaskReader reader) {
        plugins.readers().add(reader);
    }

    /** Blocks until the work on it has moved elsewhere, at most ten seconds. */
    public final void remove(Backend backend) {
        remove(plugins.backends(), backend, "backend");
    }

    /** Blocks until the call under way on it has ended, at most ten seconds. */
    public final void remove(LinearAlgebra algebra) {
        remove(plugins.algebras(), algebra, "linear algebra");
    }

    /** Blocks until its jobs are suspended, at most ten seconds. */
    public final void remove(Representation representation) {
        remove(plugins.representations(), representation, "representation");
    }

    public final void remove(Codec<?> codec) {
        remove(plugins.codecs(), codec, "codec");
    }

    public final void remove(TaskReader reader) {
        remove(plugins.readers(), reader, "reader");
    }

    private <S> void remove(Roster<S> roster, S service, String kind) {
        if (!roster.remove(service, patience)) {
            overrun =
                    "a %s left although work on it had not ended after %.1f s; it was broken off"
                            .formatted(kind, patience.toMillis() * 1e-3);
            LOG.warn("{}", overrun);
        }
        grants.pool().renew();
    }

    /** What went wrong when a plugin left; empty if nothing did. */
    final String overrun() {
        return overrun;
    }

    @Override
    public final Path home() {
        return store.home();
    }

    @Override
    public final List<Plugin> backends() {
        return rows(plugins.backends(), Backend::description);
    }

    @Override
    public final List<Plugin> algebras() {
        return rows(plugins.algebras(), algebra -> "dense linear algebra");
    }

    @Override
    public final List<Plugin> representations() {
        return rows(plugins.representations(), Representation::label);
    }

    @Override
    public final List<Plugin> codecs() {
        return rows(
                plugins.codecs(),
                c ->
                        (c.canWrite() ? "reads and writes " : "reads ")
                                + c.type().getSimpleName().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public final List<Plugin> readers() {
        return rows(plugins.readers(), r -> "reads inputs as " + r.name());
    }

    /** What backends that can tell say about their speed, by name. */
    final Map<String, List<String>> shortfalls() {
        var found = new LinkedHashMap<String, List<String>>();
        for (var entry : plugins.backends().snapshot()) {
            if (entry.service instanceof Calibrated calibrated) {
                var told = Answers.or(null, entry.name, calibrated::shortfalls);
                if (told != null) {
                    found.put(entry.name, told);
                }
            }
        }
        return found;
    }

    private static <S> List<Plugin> rows(Roster<S> roster, Function<? super S, String> describe) {
        return roster.snapshot().stream()
                .map(
                        e ->
                                new Plugin(
                                        e.name,
                                        e.fault.isEmpty() ? "ready" : "out of service",
                                        e.ranking,
                                        e.fault.isEmpty()
                                                ? Answers.or(
                                                        "fails when it is asked; see the log",
                                                        e.name,
                                                        () -> describe.apply(e.service))
                                                : e.fault))
                .toList();
    }

    @Override
    public final boolean awaitUpdate(String representation, String backend) {
        return plugins.awaitUpdate(representation, backend);
    }

    @Override
    public final List<Setting<?>> settings(String representation) {
        var byName = new LinkedHashMap<String, Setting<?>>();
        if (representation != null) {
            plugins.requireRepresentation(representation);
            try (var lease = plugins.representation(representation)) {
                if (lease != null) {
                    lease.service().settings().forEach(s -> byName.put(s.name(), s));
                }
            }
        } else {
            for (var entry : plugins.representations().snapshot()) {
                settings(entry.name, entry.service::settings)
                        .forEach(s -> byName.putIfAbsent(s.name(), s));
            }
        }
        for (var entry : plugins.readers().snapshot()) {
            settings(entry.name, entry.service::settings)
                    .forEach(s -> byName.putIfAbsent(s.name(), s));
        }
        return List.copyOf(byName.values());
    }

    private static List<Setting<?>> settings(String plugin, Supplier<List<Setting<?>>> asked) {
        return Answers.or(List.of(), plugin, () -> List.copyOf(asked.get()));
    }

    @Override
    public final Task task(Path input, Map<String, String> settings) throws IOException {
        return desk.task(input, settings);
    }

    @Override
    public final Job submit(FitRequest request) throws IOException {
        return desk.submit(request);
    }

    @Override
    public final Job resume(String id, Resume changes) throws IOException {
        return desk.resume(id, changes);
    }

    @Override
    public final List<JobStatus> jobs() {
        var all = new LinkedHashMap<String, JobStatus>();
        store.list().forEach(stored -> all.put(stored.id(), JobRecord.status(stored)));
        desk.jobs().forEach(job -> all.put(job.id(), job.status()));
        return new ArrayList<>(all.values());
    }

    @Override
    public final Optional<Job> job(String id) {
        return Optional.ofNullable(desk.find(id));
    }

    @Override
    public final void forget(String job) throws IOException {
        desk.forget(job);
    }

    @Override
    public final void ask(String job, Wish wish) throws IOException {
        desk.ask(job, wish);
    }

    @Override
    public final List<Check> selfTest(String backend) {
        try (var lease = plugins.backends().lease(e -> e.name.equals(backend))) {
            if (lease == null) {
                throw new IllegalArgumentException(
                        Sentences.unknown("backend", backend, plugins.backends().names()));
            }
            var checks = new SelfTest(grants).of(lease);
            if (checks.stream().allMatch(Check::ok)) {
                plugins.backends().reinstate(lease.serial());
            }
            return checks;
        }
    }

    @Override
    public final <T> T borrow(String backend, Loan<T> use) {
        try (var lease = plugins.backends().lease(e -> e.name.equals(backend))) {
            if (lease == null) {
                throw new IllegalArgumentException(
                        Sentences.unknown("backend", backend, plugins.backends().names()));
            }
            var workers = grants.pool().workers(WorkPool.cores());
            return Sentences.detached(
                    "kernfield-loan",
                    interrupted -> {
                        var resources =
                                new Resources(
                                        workers,
                                        grants.budget(),
                                        () -> lease.isBroken() || interrupted.isCancelled());
                        var algebra = new LeasedAlgebra(plugins.algebras(), resources);
                        try {
                            return use.use(lease.service(), resources, algebra);
                        } finally {
                            algebra.close();
                        }
                    },
                    () -> false);
        }
    }

    @Override
    public final FieldHandle open(Model model) {
        return new LeasedField(model, plugins, grants);
    }

    @Override
    public final FieldHandle open(Path model) throws IOException {
        return open(read(model, Model.class));
    }

    @Override
    public final <T> T read(Path file, Class<T> type) throws IOException {
        return shelf.read(file, type);
    }

    @Override
    public final void write(Object value, Path file) throws IOException {
        shelf.write(value, file);
    }

    @Override
    public final Map<String, Array> evaluate(
            Reduction reduction,
            Queries queries,
            Map<String, Array> arrays,
            Map<String, double[]> uniforms) {
        return new Evaluation(plugins, grants).of(reduction, queries, arrays, uniforms);
    }

    @Override
    public final List<Check> checks() {
        return new Checks(this, store).all();
    }

    /** Stops every job with a checkpoint and ends the engine's threads. */
    @Override
    public final void close() {
        desk.close();
        grants.pool().close();
    }
}
