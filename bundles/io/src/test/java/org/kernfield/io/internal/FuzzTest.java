package org.kernfield.io.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.testkit.Mutations;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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

    /**
     * What readers may take in all, garbage included, on all their threads, for values of at most
     * {@link #LIMITS}.
     */
    private static final long MOST = 256_000_000;

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

    private Stream<FuzzSubject> subjects() throws IOException {
        Path samples = Files.createDirectory(folder.resolve("samples"));
        return FuzzSubjects.of(all, samples, SEED).stream()
                .filter(s -> KINDS.isEmpty() || List.of(KINDS.split(",")).contains(s.kind()));
    }

    /** What is damaged is worth it: a reader of the format takes one as it is, refuses others. */
    @TestFactory
    Stream<DynamicTest> readsFilesBeforeTheyAreDamaged() throws IOException {
        return subjects().map(s -> DynamicTest.dynamicTest(s.name(), () -> readsOne(s)));
    }

    private void readsOne(FuzzSubject subject) throws IOException {
        var refusals = new ArrayList<String>();
        for (byte[] sample : subject.samples()) {
            Path file = placed(subject, subject.packing().apply(sample));
            try {
                codecs.find(file).read(file, LIMITS);
            } catch (FormatException refused) {
                refusals.add(refused.getMessage());
            }
        }
        assertThat(refusals).hasSizeLessThan(subject.samples().size());
    }

    @TestFactory
    Stream<DynamicTest> answersDamagedFiles() throws IOException {
        return subjects().map(s -> DynamicTest.dynamicTest(s.name(), () -> fuzz(s)));
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
                                            () -> answer(file, Files.readAllBytes(file))));
        }
    }

    private void fuzz(FuzzSubject subject) throws Exception {
        var mutations = new Mutations(subject.samples(), SEED + subject.name().hashCode());
        long end = System.nanoTime() + (long) (subject.share() * SECONDS * 1e9);
        int cases = 0;
        do {
            byte[] damaged = mutations.next();
            byte[] bytes = subject.packing().apply(damaged);
            mutations.note(damaged, answer(placed(subject, bytes), bytes));
            cases++;
        } while (System.nanoTime() < end);
        System.out.printf(
                "%s: %d files, %d different answers%n", subject.name(), cases, mutations.answers());
    }

    /** The file to read, in a folder of its subject's. */
    private Path placed(FuzzSubject subject, byte[] damaged) throws IOException {
        Path place = Files.createDirectories(folder.resolve(subject.name()));
        for (var beside : subject.beside().entrySet()) {
            Path file = place.resolve(beside.getKey());
            if (!Files.exists(file)) {
                Files.write(file, beside.getValue());
            }
        }
        Files.write(place.resolve(subject.damaged()), damaged);
        return place.resolve(subject.read());
    }

    /**
     * What a reader makes of it, in one word or sentence.
     *
     * @param damaged kept if there is no answer
     */
    private String answer(Path file, byte[] damaged) throws Exception {
        try {
            return reader.submit(() -> read(file)).get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Path kept = Files.createTempFile("fuzz-", "-" + file.getFileName());
            Files.write(kept, damaged);
            throw new AssertionError("kept as " + kept + ": " + e, e);
        }
    }

    private String read(Path file) {
        long before = THREADS.getTotalThreadAllocatedBytes();
        String answer;
        try {
            answer = codecs.find(file).read(file, LIMITS).getClass().getSimpleName();
        } catch (IOException e) {
            answer = e.getMessage();
            assertThat(answer).as("sentence").isNotBlank().hasLineCount(1);
        }
        long taken = THREADS.getTotalThreadAllocatedBytes() - before;
        assertThat(taken).as("bytes allocated").isLessThan(MOST);
        return answer;
    }
}
