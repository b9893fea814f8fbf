package org.kernfield.io.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.splat.SomeSplats;
import org.kernfield.scene.Splats;
import org.kernfield.testkit.Mutations;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Every reader on damaged copies of the files beside the tests: a value or a sentence comes out,
 * soon, and within a bound of memory. An ordinary build gives each kind of file a moment; {@code
 * -Dkernfield.fuzz=600} ten minutes, {@code -Dkernfield.fuzz.kinds=png,npy} to these alone. What
 * was ever answered otherwise lies in {@code fuzz/} and is read again in every build.
 */
class FuzzTest {
    private static final double SECONDS =
            Double.parseDouble(System.getProperty("kernfield.fuzz", "0.4"));
    private static final String KINDS = System.getProperty("kernfield.fuzz.kinds", "");
    private static final long SEED = Long.getLong("kernfield.seed", 20_260_101L);
    private static final Limits LIMITS = new Limits(16_000_000);

    /** What readers may take in all, garbage included, for values of at most {@link #LIMITS}. */
    private static final long MOST = 256_000_000;

    private static final String CAMERAS =
            """
            {"fl_x": 50, "w": 40, "h": 30, "k1": 0.1, "frames": [{"file_path": "a.png",
             "transform_matrix": [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]}]}
            """;

    private static final int HANGS_AFTER_SECONDS = 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Codec<?>> all =
            ServiceLoader.load(Codec.class).stream()
                    .<Codec<?>>map(ServiceLoader.Provider::get)
                    .toList();
    private final Codecs codecs = new Codecs(all);

    /** What hangs is left behind. */
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    @TempDir Path folder;

    @AfterEach
    void stop() {
        reader.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> answersDamagedFiles() throws IOException {
        return samples().entrySet().stream()
                .filter(
                        kind ->
                                KINDS.isEmpty()
                                        || List.of(KINDS.split(",")).contains(kind.getKey()))
                .map(
                        kind ->
                                DynamicTest.dynamicTest(
                                        kind.getKey(), () -> fuzz(kind.getKey(), kind.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> answersWhatWasOnceAnsweredWrongly() throws IOException {
        Path regressions = Resources.of("fuzz");
        try (var files = Files.list(regressions)) {
            return files.sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            file.getFileName().toString(),
                                            () ->
                                                    answer(
                                                            file.toString(),
                                                            Files.readAllBytes(file))));
        }
    }

    /** Small files by ending. */
    private Map<String, List<byte[]>> samples() throws IOException {
        var samples = new TreeMap<String, List<byte[]>>();
        for (String resources : List.of("arrays", "pictures")) {
            try (var files = Files.list(Resources.of(resources))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    String ending = name.substring(name.lastIndexOf('.') + 1);
                    if (knows(ending)) {
                        samples.computeIfAbsent(ending, e -> new ArrayList<>())
                                .add(Files.readAllBytes(file));
                    }
                }
            }
        }
        for (Codec<?> codec : all) {
            if (codec.canWrite() && codec.type() == Splats.class) {
                samples.put(codec.extensions().getFirst(), List.of(written(codec)));
            }
        }
        samples.put("csv", List.of("x,y\n1,2\n3.5,-4e2\n".getBytes(StandardCharsets.UTF_8)));
        samples.put("json", List.of(CAMERAS.getBytes(StandardCharsets.UTF_8)));
        return samples;
    }

    /** A few splats in the codec's format; the first of its files where there are several. */
    private byte[] written(Codec<?> codec) throws IOException {
        Path place = Files.createTempDirectory(folder, "written");
        new Codecs(List.of(codec))
                .write(
                        SomeSplats.of(40, 1, SEED),
                        place.resolve("few." + codec.extensions().getFirst()));
        try (var files = Files.list(place)) {
            return Files.readAllBytes(files.sorted().findFirst().orElseThrow());
        }
    }

    private boolean knows(String ending) {
        return all.stream().anyMatch(codec -> codec.extensions().contains(ending));
    }

    private void fuzz(String ending, List<byte[]> samples) throws Exception {
        var mutations = new Mutations(samples, SEED + ending.hashCode());
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        int cases = 0;
        do {
            byte[] bytes = mutations.next();
            mutations.note(bytes, answer("damaged." + ending, bytes));
            cases++;
        } while (System.nanoTime() < end);
        System.out.printf(
                "%s: %d files, %d different answers%n", ending, cases, mutations.answers());
    }

    /** What a reader makes of it, in one word or sentence. */
    private String answer(String name, byte[] bytes) throws Exception {
        Path file = folder.resolve(Path.of(name).getFileName());
        Files.write(file, bytes);
        try {
            return reader.submit(() -> read(file)).get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Path kept = Files.createTempFile("fuzz-", "-" + file.getFileName());
            Files.write(kept, bytes);
            throw new AssertionError("kept as " + kept + ": " + e, e);
        }
    }

    private String read(Path file) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        String answer;
        try {
            answer = codecs.find(file).read(file, LIMITS).getClass().getSimpleName();
        } catch (IOException e) {
            answer = e.getMessage();
            assertThat(answer).as("sentence").isNotBlank().hasLineCount(1);
        }
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(taken).as("bytes allocated").isLessThan(MOST);
        return answer;
    }
}
