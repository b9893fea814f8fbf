package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.State;
import org.kernfield.format.FormatException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

class TensorFileTest {
    @TempDir Path directory;

    private static State sample() {
        var arrays = new LinkedHashMap<String, Array>();
        for (ElementType type : ElementType.values()) {
            Array array = Array.zeros(type, 3, 2);
            for (int k = 0; k < 6; k++) {
                array.set(k, k + 1);
            }
            arrays.put("a " + type, array);
        }
        arrays.put("none", Array.zeros(ElementType.F32, 0, 4));
        return new State(arrays, Map.of("text", "line\n\"quoted\" \\ ü", "step", "12"));
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        Path file = directory.resolve("state.safetensors");
        TensorFile.write(sample(), file);
        State read = TensorFile.read(file);
        assertThat(read.values()).isEqualTo(sample().values());
        assertThat(read.arrays().keySet()).isEqualTo(sample().arrays().keySet());
        sample().arrays()
                .forEach(
                        (name, array) -> {
                            Array same = read.array(name);
                            assertThat(same.type()).isEqualTo(array.type());
                            assertThat(same.width()).isEqualTo(array.width());
                            assertThat(same.data().mismatch(array.data())).isEqualTo(-1);
                        });
    }

    @Test
    void refusesEveryTruncation() throws Exception {
        Path file = directory.resolve("state.safetensors");
        TensorFile.write(sample(), file);
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n += 7) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> TensorFile.read(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("broken checkpoint");
        }
    }

    @Test
    void alignsItsArraysAsOthersExpect() throws Exception {
        Path file = directory.resolve("state.safetensors");
        TensorFile.write(sample(), file);
        byte[] bytes = Files.readAllBytes(file);
        long header = bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8;
        assertThat(header % 8).isZero();
        assertThat((char) bytes[8]).isEqualTo('{');
    }
}
