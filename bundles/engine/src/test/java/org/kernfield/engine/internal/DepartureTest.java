package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.field.Field;
import org.kernfield.field.Representation;
import org.kernfield.field.SettingException;
import org.kernfield.reference.ReferenceBackend;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A plugin that has left can be collected, whatever the engine has done with it before. */
class DepartureTest {
    @TempDir Path home;

    /** Defines the plugin's classes anew, as another bundle would. */
    private static final class PluginLoader extends ClassLoader {
        private final String prefix;

        PluginLoader(String prefix) {
            super(DepartureTest.class.getClassLoader());
            this.prefix = prefix;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith(prefix)) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                String file = name.replace('.', '/') + ".class";
                try (var in = getParent().getResourceAsStream(file)) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
    }

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

    private static Representation blobs(ClassLoader loader, LongConsumer beforeStep)
            throws Exception {
        return (Representation)
                loader.loadClass(Blobs.class.getName())
                        .getConstructor(LongConsumer.class)
                        .newInstance(beforeStep);
    }

    private void assertCollected(WeakReference<?> loader) throws InterruptedException {
        for (int k = 0; k < 50; k++) {
            System.gc();
            if (collected.remove(100) == loader) {
                return;
            }
        }
        throw new AssertionError("the plugin's class loader is still held");
    }

    @Test
    void letsARepresentationGoWhoseJobIsSuspended() throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            WeakReference<?> loader = suspended(engine);
            assertCollected(loader);
            engine.add(new Blobs());
            Job job = engine.job("image-1").orElseThrow();
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
        }
    }

    private WeakReference<?> suspended(FieldEngine engine) throws Exception {
        var loader = new PluginLoader(Blobs.class.getName());
        var gate = new Gate(3);
        Representation blobs = blobs(loader, gate);
        assertThat(blobs.getClass().getClassLoader()).isSameAs(loader);
        engine.add(blobs);
        Job job = engine.submit(Samples.steps(9).threads(2));
        gate.awaitReached();
        Thread remover = Thread.ofPlatform().start(() -> engine.remove(blobs));
        while (!engine.representations().isEmpty()) {
            Thread.onSpinWait();
        }
        gate.open();
        remover.join();
        Samples.await(job, JobState.SUSPENDED);
        return new WeakReference<>(loader, collected);
    }

    /** Uses a plugin and gives back what a caller keeps of it. */
    @FunctionalInterface
    private interface Use {
        Object of(FieldEngine engine) throws Exception;
    }

    private void assertCollectedThough(LongConsumer beforeStep, Use use) throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            var kept = new ArrayList<>();
            WeakReference<?> loader = used(engine, beforeStep, use, kept);
            assertCollected(loader);
            assertThat(kept).doesNotContainNull();
        }
    }

    /** A frame of its own, which ends with everything that is not kept on purpose. */
    private WeakReference<?> used(
            FieldEngine engine, LongConsumer beforeStep, Use use, List<Object> kept)
            throws Exception {
        var loader = new PluginLoader(Blobs.class.getName());
        Representation blobs = blobs(loader, beforeStep);
        engine.add(blobs);
        kept.add(use.of(engine));
        engine.remove(blobs);
        return new WeakReference<>(loader, collected);
    }

    private static Job done(FieldEngine engine) throws Exception {
        Job job = engine.submit(Samples.steps(2).threads(2));
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        return job;
    }

    private static RuntimeException thrown(Runnable wrong) {
        try {
            wrong.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void aJobThatIsDonePinsNothing() throws Exception {
        assertCollectedThough(step -> {}, DepartureTest::done);
    }

    @Test
    void aFailedJobPinsNothing() throws Exception {
        LongConsumer failing =
                step -> {
                    throw new IllegalStateException("no luck");
                };
        assertCollectedThough(
                failing,
                engine -> {
                    Job job = engine.submit(Samples.steps(2));
                    assertThat(job.await().state()).isEqualTo(JobState.FAILED);
                    return List.of(job, job.failure().orElseThrow(), thrown(job::result));
                });
    }

    @Test
    void aRefusalPinsNothing() throws Exception {
        assertCollectedThough(
                step -> {},
                engine -> {
                    try {
                        engine.submit(Samples.steps(2).seed(-1));
                    } catch (SettingException refused) {
                        return refused;
                    }
                    throw new AssertionError("not refused");
                });
    }

    @Test
    void aModelPinsNothing() throws Exception {
        assertCollectedThough(step -> {}, engine -> done(engine).result());
    }

    @Test
    void aFieldInUsePinsNothing() throws Exception {
        assertCollectedThough(
                step -> {},
                engine -> {
                    FieldHandle field = done(engine).field();
                    return List.of(field, field.values(Array.of(2, 1f, 1f)), field.render());
                });
    }

    @Test
    void anErrorOfAFieldPinsNothing() throws Exception {
        assertCollectedThough(
                step -> {},
                engine -> {
                    FieldHandle field = done(engine).field();
                    return thrown(
                            () ->
                                    field.use(
                                            Field.class,
                                            (f, compute) ->
                                                    f.values(Array.of(3, 1f, 1f, 1f), compute)));
                });
    }

    @Test
    void listedSettingsPinNothing() throws Exception {
        assertCollectedThough(
                step -> {},
                engine -> List.of(engine.settings(null), engine.representations(), engine.jobs()));
    }

    @Test
    void aListenerThatIsKeptPinsNothing() throws Exception {
        assertCollectedThough(
                step -> {},
                engine -> {
                    var told = new ArrayList<Object>();
                    Job job = engine.submit(Samples.steps(2));
                    AutoCloseable listening = job.listen(told::add);
                    job.await();
                    return List.of(told, listening);
                });
    }

    /** What a plugin leaves in thread locals of the engine's threads goes with the threads. */
    @Test
    void threadLocalsPinNothing() throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            WeakReference<?> loader = strewn(engine);
            assertCollected(loader);
            assertThat(done(engine, new Blobs()).status().state()).isEqualTo(JobState.DONE);
        }
    }

    private static Job done(FieldEngine engine, Representation blobs) throws Exception {
        engine.add(blobs);
        return done(engine);
    }

    private WeakReference<?> strewn(FieldEngine engine) throws Exception {
        var loader = new PluginLoader(Strewing.class.getName());
        var strewing =
                (Representation)
                        loader.loadClass(Strewing.class.getName()).getConstructor().newInstance();
        engine.add(strewing);
        Job job = engine.submit(Samples.steps(4).threads(2));
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        engine.remove(strewing);
        return new WeakReference<>(loader, collected);
    }

    @Test
    void letsABackendGoThatAFitHasLeft() throws Exception {
        try (var engine = new FieldEngine(home)) {
            var gate = new Gate(3);
            engine.add(new Blobs(gate));
            WeakReference<?> loader = moved(engine, gate);
            assertCollected(loader);
            engine.add(new Named("one", 0));
            Job job = engine.job("image-1").orElseThrow();
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
        }
    }

    private WeakReference<?> moved(FieldEngine engine, Gate gate) throws Exception {
        var loader = new PluginLoader("org.kernfield.reference.");
        var backend =
                (Backend)
                        loader.loadClass(ReferenceBackend.class.getName())
                                .getConstructor()
                                .newInstance();
        assertThat(backend.getClass().getClassLoader()).isSameAs(loader);
        engine.add(backend);
        Job job = engine.submit(Samples.steps(9).threads(2));
        gate.awaitReached();
        Thread remover = Thread.ofPlatform().start(() -> engine.remove(backend));
        while (!engine.backends().isEmpty()) {
            Thread.onSpinWait();
        }
        gate.open();
        remover.join();
        Samples.await(job, JobState.WAITING);
        return new WeakReference<>(loader, collected);
    }
}
