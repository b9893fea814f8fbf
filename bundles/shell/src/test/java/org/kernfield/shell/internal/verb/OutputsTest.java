package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class OutputsTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "photo.png, photo.rbf.safetensors",
        "a/b/photo.tar.png, photo.tar.rbf.safetensors",
        "data.csv.gz, data.rbf.safetensors",
        "scene/, scene.rbf.safetensors",
        ".hidden, .hidden.rbf.safetensors"
    })
    void callsTheModelLikeTheInput(String input, String model) {
        assertThat(Outputs.named(input, "rbf", Path.of("")).model()).isEqualTo(Path.of(model));
    }

    @Test
    void putsPicturesBesideTheModel() {
        var outputs = Outputs.of(Path.of("out/m.safetensors"));
        assertThat(outputs.rendered()).isEqualTo(Path.of("out/m.png"));
        assertThat(outputs.errorMap()).isEqualTo(Path.of("out/m.error.png"));
    }

    @Test
    void refusesToReplaceTheInput() throws IOException {
        Path input = Files.writeString(directory.resolve("photo.png"), "x");
        var outputs = Outputs.of(directory.resolve("photo.safetensors"));
        assertThatThrownBy(() -> outputs.check(input))
                .hasMessageContaining("photo.png would replace the input; choose");
    }

    @Test
    void refusesAMissingDirectory() {
        var outputs = Outputs.of(directory.resolve("none/m.safetensors"));
        assertThatThrownBy(() -> outputs.check(directory.resolve("in.png")))
                .hasMessageContaining("there is no directory");
    }

    @Test
    void refusesADevice() {
        Path device = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(device), "there is no /dev/full on this system");
        assertThatThrownBy(() -> Staging.check(device)).hasMessageContaining("may not be replaced");
    }

    @Test
    void leavesNothingBehindByLooking() throws IOException {
        var outputs = Outputs.of(directory.resolve("m.safetensors"));
        assertThatCode(() -> outputs.check(directory.resolve("in.png"))).doesNotThrowAnyException();
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
