package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.testkit.Mutations;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Jars whose bytes or manifests are damaged are inspected without harm, soon, and within a bound of
 * memory. {@code -Dkernfield.fuzz=600} gives it ten minutes, an ordinary build a moment. What was
 * ever answered otherwise lies in {@code damaged/} and is inspected again in every build.
 */
class DamagedPluginsTest {
    private static final double SECONDS =
            Double.parseDouble(System.getProperty("kernfield.fuzz", "2"));
    private static final long SEED = Long.getLong("kernfield.seed", 20_260_101L);
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String DAMAGED = "damaged.jar";
    private static final int HANGS_AFTER_SECONDS = 20;

    /** What all threads together may take while a jar is inspected, garbage included. */
    private static final long MOST = 100_000_000;

    private static final int TRIALS = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What hangs is left behind. */
    private final ExecutorService inspector =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    @TempDir Path temp;

    private Runtime runtime;
    private byte[] jar;

    @BeforeEach
    void start() throws IOException {
        runtime = Runtime.start(temp);
        jar =
                Files.readAllBytes(
                        Kernfield.distribution().resolve("examples/kernfield-template.jar"));
    }

    @AfterEach
    void stop() {
        inspector.shutdownNow();
        runtime.close();
    }

    @Test
    void damagedManifestsAreAnswered() throws Exception {
        inspect(new Mutations(List.of(manifest()), SEED), this::withManifest);
    }

    @Test
    void damagedJarsAreAnswered() throws Exception {
        inspect(new Mutations(List.of(jar), SEED), bytes -> bytes);
    }

    @TestFactory
    Stream<DynamicTest> whatWasOnceAnsweredWronglyIsAnswered() throws Exception {
        Path regressions = Path.of(getClass().getResource("/damaged").toURI());
        try (var files = Files.list(regressions)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            file.getFileName().toString(),
                                            () -> answer(Files.readAllBytes(file))));
        }
    }

    private interface Wrapping {
        byte[] of(byte[] bytes) throws IOException;
    }

    private void inspect(Mutations mutations, Wrapping wrapping) throws Exception {
        int bundles = runtime.context().getBundles().length;
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        do {
            byte[] bytes = mutations.next();
            mutations.note(bytes, answer(wrapping.of(bytes)));
        } while (System.nanoTime() < end);
        assertThat(runtime.context().getBundles()).as("bundles installed").hasSize(bundles);
        assertThat(mutations.answers()).as("different answers").isPositive();
    }

    /** What is said about a jar; one that is not answered well is kept. */
    private String answer(byte[] bytes) throws Exception {
        Path file = temp.resolve(DAMAGED);
        Files.write(file, bytes);
        try {
            return inspector
                    .submit(() -> inspected(file))
                    .get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Path kept = Files.createTempFile("fuzz-", "-" + DAMAGED);
            Files.write(kept, bytes);
            throw new AssertionError("kept as " + kept + ": " + e, e);
        }
    }

    private String inspected(Path file) {
        Ended end = null;
        long taken = Long.MAX_VALUE;
        // threads in the background allocate as well, but not each time
        for (int k = 0; k < TRIALS && taken >= MOST; k++) {
            long before = THREADS.getTotalThreadAllocatedBytes();
            end = runtime.run("plugins", "inspect", file.toString(), "--json");
            taken = THREADS.getTotalThreadAllocatedBytes() - before;
        }
        assertThat(taken).as("bytes allocated").isLessThan(MOST);
        if (end.status() == 0) {
            assertThat(end.out()).contains("\"name\"");
            return "a bundle";
        }
        assertThat(end.status()).isEqualTo(1);
        assertThat(end.complaints()).singleElement().asString().contains(DAMAGED);
        return end.complaints().getFirst();
    }

    private byte[] manifest() throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(MANIFEST)) {
                    return in.readAllBytes();
                }
            }
        }
        throw new AssertionError("no manifest");
    }

    private byte[] withManifest(byte[] manifest) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
                var out = new ZipOutputStream(bytes)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals(MANIFEST)) {
                    out.write(manifest);
                } else {
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }
}
