package org.kernfield.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class AtomicFileTest {
    @TempDir Path directory;

    @Test
    void replacesTheOlderFile() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "old");
        AtomicFile.write(file, out -> out.write("new".getBytes()));
        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryContaining(f -> f.equals(file));
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void failureLeavesTheOlderFileAndNothingElse() throws IOException {
        Path file = Files.writeString(directory.resolve("model"), "old");
        assertThatThrownBy(
                        () ->
                                AtomicFile.write(
                                        file,
                                        out -> {
                                            out.write(new byte[100_000]);
                                            throw new IOException("disk full");
                                        }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void uncheckedFailureLeavesNothingEither() throws IOException {
        Path file = directory.resolve("model");
        assertThatThrownBy(
                        () ->
                                AtomicFile.write(
                                        file,
                                        out -> {
                                            throw new IllegalStateException("bug");
                                        }))
                .hasMessage("bug");
        assertThat(Files.list(directory)).isEmpty();
    }

    @Test
    void directoryInItsPlaceIsNotReplaced() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("model"));
        Files.writeString(folder.resolve("inside"), "x");
        assertThatThrownBy(() -> AtomicFile.write(folder, out -> out.write(1)))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("inside")).exists();
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void writesIntoTheWorkingDirectoryByABareName() throws IOException {
        Path bare = Path.of("atomic-file-test.tmp");
        try {
            AtomicFile.write(bare, out -> out.write(1));
            assertThat(bare).exists();
        } finally {
            Files.deleteIfExists(bare);
        }
    }
}
