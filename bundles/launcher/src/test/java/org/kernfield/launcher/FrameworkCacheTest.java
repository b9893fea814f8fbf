package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

class FrameworkCacheTest {

    /** Above every process number Linux, macOS and Windows give out. */
    private static final long NO_PROCESS = 4_000_000_000L;

    @TempDir Path parent;

    @Test
    void givesTwoStartsOfOneProcessTwoPlaces() {
        var first = FrameworkCache.create(parent);
        var second = FrameworkCache.create(parent);
        assertThat(first.directory()).isDirectory().isNotEqualTo(second.directory());
        first.delete();
        second.delete();
    }

    @Test
    void removesWhatADeadProcessLeft() throws IOException {
        Path left = parent.resolve("framework-" + NO_PROCESS + "-123");
        Files.createDirectories(left.resolve("bundle0"));
        Files.writeString(left.resolve("bundle0/bundle.id"), "0");
        FrameworkCache.create(parent);
        assertThat(left).doesNotExist();
    }

    @Test
    void leavesWhatAnotherProcessHoldsWhateverItsNumber() throws Exception {
        Path theirs = Files.createDirectories(parent.resolve("framework-" + NO_PROCESS + "-7"));
        Files.writeString(theirs.resolve("bundle.id"), "0");
        Process process = holding(theirs);
        try (var says = process.inputReader()) {
            assertThat(says.readLine()).isEqualTo("owned");
            FrameworkCache.create(parent);
            assertThat(theirs.resolve("bundle.id")).exists();
        } finally {
            process.destroyForcibly().waitFor();
        }
        FrameworkCache.create(parent);
        assertThat(theirs).doesNotExist();
    }

    private static Process holding(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holding.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void removesWhatADeadProcessOfTheSameNumberLeft() throws IOException {
        Path left = left(ProcessHandle.current().pid());
        Files.createFile(left.resolve(Ownership.FILE));
        FrameworkCache.create(parent);
        assertThat(left).doesNotExist();
    }

    @Test
    void removesWhatHasNoLockOnceItIsOld() throws IOException {
        Path left = left(ProcessHandle.current().pid());
        FrameworkCache.create(parent);
        assertThat(left).isDirectory();
        Instant twoDaysAgo = Instant.now().minus(Duration.ofDays(2));
        Files.setLastModifiedTime(left, FileTime.from(twoDaysAgo));
        FrameworkCache.create(parent);
        assertThat(left).doesNotExist();
    }

    private Path left(long process) throws IOException {
        return Files.createDirectories(parent.resolve("framework-" + process + "-456"));
    }

    @Test
    void leavesOtherThingsAlone() throws IOException {
        Path kernels = Files.createDirectories(parent.resolve("kernels-" + NO_PROCESS + "-1"));
        Path odd = Files.createDirectories(parent.resolve("framework-of-mine"));
        FrameworkCache.create(parent);
        assertThat(kernels).isDirectory();
        assertThat(odd).isDirectory();
    }

    @Test
    void deletesItselfWithAllItHolds() throws IOException {
        var cache = FrameworkCache.create(parent);
        Files.createDirectories(cache.directory().resolve("a/b"));
        Files.writeString(cache.directory().resolve("a/b/c"), "c");
        cache.delete();
        assertThat(cache.directory()).doesNotExist();
    }
}
