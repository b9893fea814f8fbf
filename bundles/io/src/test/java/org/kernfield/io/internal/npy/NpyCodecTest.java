package org.kernfield.io.internal.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Broken;
import org.kernfield.io.internal.Resources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files read were written by numpy, see make_arrays.py. */
class NpyCodecTest {
    private final NpyCodec codec = new NpyCodec();

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f4-little",
                "f8-little",
                "f2-little",
                "u1-little",
                "u2-little",
                "i4-little",
                "i8-little",
                "f4-big",
                "f8-big",
                "f2-big",
                "u2-big",
                "i4-big",
                "i8-big",
                "fortran",
                "fortran-big",
                "version2",
                "version3"
            })
    void readsWhatNumpyWrote(String name) throws IOException {
        Array array = read(Resources.of("arrays/" + name + ".npy"));
        assertThat(array.rows()).isEqualTo(2);
        assertThat(array.width()).isEqualTo(12);
        for (int k = 0; k < 24; k++) {
            assertThat(array.get(k)).isEqualTo(k);
        }
    }

    @Test
    void readsVectorsAsOneColumnAndNumbersAsOneCell() throws IOException {
        assertThat(read(Resources.of("arrays/vector.npy")).rows()).isEqualTo(24);
        assertThat(read(Resources.of("arrays/single.npy")).get(0)).isEqualTo(7);
    }

    @Test
    void writesTheBytesThatNumpyWrites() throws IOException {
        Path file = directory.resolve("a.npy");
        codec.write(Array.of(2, 1f, 2f, 3f, 4f), file);
        // numpy.save of [[1, 2], [3, 4]]: magic, 0x76, header of 118 characters, data
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes)
                .hasSize(128 + 16)
                .startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0x76, 0);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }")
                .endsWith(" \n");
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void readsBackWhatItWrote(ElementType type) throws IOException {
        Array array = Array.zeros(type, 3, 2);
        for (int k = 0; k < 6; k++) {
            array.set(k, k * 40);
        }
        Path file = directory.resolve("a.npy");
        codec.write(array, file);
        Array copy = read(file);
        assertThat(copy.type()).isEqualTo(type);
        assertThat(copy.data().mismatch(array.data())).isEqualTo(-1);
    }

    @Test
    void refusesOtherElementTypes() {
        Path file = Resources.of("arrays/complex.npy");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("c8 is not read");
    }

    @Test
    void refusesTruncatedFile() throws IOException {
        var broken = new Broken(codec, Resources.of("arrays/f4-big.npy"), directory);
        for (int length = 0; length < broken.length(); length++) {
            assertThat(broken.refusesFirst(length)).as("first %d bytes", length).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4-little", "fortran-big", "version2"})
    void answersFlippedBitsWithSentences(String name) throws IOException {
        new Broken(codec, Resources.of("arrays/" + name + ".npy"), directory).flip(300, 1);
    }

    private Array read(Path file) throws IOException {
        return codec.read(file, new Limits(1_000_000));
    }
}
