package org.kernfield.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FrameworkCacheTest {

    /** Above every process number Linux, macOS and Windows give out. */
    private static final long NO_PROCESS = 4_000_000_000L;

    @TempDir Path parent;

    @Test
    void givesTwoStartsOfOneProcessTwoPlaces() {
        var first = FrameworkCache.create(parent);
        var second = FrameworkCache.create(parent);
        assertThat(first.directory()).isDirectory().isNotEqualTo(second.directory());
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
