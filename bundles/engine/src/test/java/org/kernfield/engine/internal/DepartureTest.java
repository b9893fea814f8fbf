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
import org.kernfield.field.Representation;
import org.kernfield.field.SettingException;
import org.kernfield.reference.ReferenceBackend;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
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

    @Test
    void letsARepresentationGoThatFailedRefusedAndFinished() throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            var kept = new java.util.ArrayList<Object>();
            WeakReference<?> loader = used(engine, kept);
            assertCollected(loader);
            assertThat(kept).hasSize(5);
        }
    }

    /** Everything a caller may keep goes into {@code kept}. */
    private WeakReference<?> used(FieldEngine engine, java.util.List<Object> kept)
            throws Exception {
        var loader = new PluginLoader(Blobs.class.getName());
        Representation blobs = blobs(loader, step -> {});
        Representation failing =
                blobs(
                        loader,
                        step -> {
                            throw new IllegalStateException("no luck");
                        });
        engine.add(failing);
        Job failed = engine.submit(Samples.steps(2));
        failed.await();
        kept.add(failed);
        engine.remove(failing);
        engine.add(blobs);
        try {
            engine.submit(Samples.steps(2).seed(-1));
        } catch (SettingException refused) {
            kept.add(refused);
        }
        Job job = engine.submit(Samples.steps(2).threads(2));
        job.await();
        FieldHandle field = job.field();
        field.values(Array.of(2, 1f, 1f));
        kept.add(field);
        kept.add(engine.settings(null));
        try {
            field.use(
                    org.kernfield.field.Field.class,
                    (f, compute) -> f.values(Array.of(3, 1f, 1f, 1f), compute));
        } catch (RuntimeException wrong) {
            kept.add(wrong);
        }
        engine.remove(blobs);
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
