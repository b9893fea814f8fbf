package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class StagingTest {
    @TempDir private Path directory;

    @Test
    void replacesOlderFiles() throws IOException {
        Path model = Files.writeString(directory.resolve("m"), "old");
        try (var staging = Staging.beside(model)) {
            staging.publish(Map.of(Files.writeString(staging.file("a"), "new"), model));
        }
        assertThat(model).hasContent("new");
        assertOnly(model);
    }

    @Test
    void leavesTheOldFileWhenItIsGivenUp() throws IOException {
        Path model = Files.writeString(directory.resolve("m"), "old");
        try (var staging = Staging.beside(model)) {
            Files.writeString(staging.file("a"), "half");
        }
        assertThat(model).hasContent("old");
        assertOnly(model);
    }

    @Test
    void beginsAgainWithNothing() throws IOException {
        Path model = directory.resolve("m");
        try (var staging = Staging.beside(model)) {
            Files.writeString(staging.file("a"), "first");
            staging.clear();
            Files.writeString(staging.file("m"), "second");
            staging.publishAll(directory);
        }
        assertThat(model).hasContent("second");
        assertOnly(model);
    }

    private void assertOnly(Path file) throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }
}
