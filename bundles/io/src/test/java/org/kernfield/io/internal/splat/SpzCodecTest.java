package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Allocation;
import org.kernfield.io.internal.splat.SomeSplats.Tolerance;
import org.kernfield.scene.Splats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Extensions and claims of SPZ, in files of our own that are changed. */
class SpzCodecTest {
    private static final Limits LIMITS = new Limits(400_000_000);
    private static final int AXES = 0xADBE0003;
    private static final int FURTHER = 0xADBE0002;
    private static final int FRAMED_HEADER = 32;

    @TempDir Path folder;

    /** A further record and the one of the axes: version 4 has them before its table. */
    private Path extended(int version, int axes) throws IOException {
        var records = ByteBuffer.allocate(8 + 12 + 8 + 4).order(ByteOrder.LITTLE_ENDIAN);
        records.putInt(FURTHER).putInt(12).position(20);
        records.putInt(AXES).putInt(4).putInt(axes);
        byte[] plain = plain(version);
        int place = version == 4 ? FRAMED_HEADER : plain.length;
        var bytes = ByteBuffer.allocate(plain.length + records.capacity());
        bytes.order(ByteOrder.LITTLE_ENDIAN).put(plain, 0, place).put(records.array());
        bytes.put(plain, place, plain.length - place).put(14, (byte) 2);
        if (version == 4) {
            bytes.putInt(16, FRAMED_HEADER + records.capacity());
        }
        return packed(version, bytes.array());
    }

    /** A file of our own, without its gzip. */
    private byte[] plain(int version) throws IOException {
        Path file = folder.resolve("plain.spz");
        new SpzCodec(version) {}.write(SomeSplats.of(20, 3, 4), file);
        byte[] bytes = Files.readAllBytes(file);
        if (version == 4) {
            return bytes;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private Path packed(int version, byte[] bytes) throws IOException {
        Path file = folder.resolve("changed.spz");
        if (version == 4) {
            return Files.write(file, bytes);
        }
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    private static Splats read(int version, Path file) throws IOException {
        return new SpzCodec(version) {}.read(file, LIMITS);
    }

    /** Signs by which the axes differ from right, up, back. */
    @ParameterizedTest
    @CsvSource({
        "4, 0, 1, 1, 1",
        "4, 4, 1, 1, 1",
        "4, 1, -1, -1, 1",
        "4, 6, 1, -1, -1",
        "4, 7, -1, 1, -1",
        "3, 4, 1, 1, 1",
        "3, 6, 1, -1, -1"
    })
    void turnsTheAxesThatAnExtensionNames(int version, int axes, int x, int y, int z)
            throws IOException {
        Splats expected = read(version, packed(version, plain(version)));
        new Axes(x, y, z).turn(expected);
        Splats read = read(version, extended(version, axes));
        assertThat(Tolerance.EXACT.holds(read, expected)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4, 2, RDB", "4, 3, LUB", "4, 5, LDF", "4, 8, RUF", "3, 8, RUF", "4, 9, number 9"})
    void refusesAxesThatMirrorTheScene(int version, int axes, String name) throws IOException {
        Path file = extended(version, axes);
        assertThatThrownBy(() -> read(version, file))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        file + ": its axes are " + name + ", which is not read; write it as RUB");
    }

    @ParameterizedTest
    @CsvSource({"4", "3"})
    void takesNoMemoryForSplatsThatTheFileCannotHold(int version) throws IOException {
        byte[] plain = plain(version);
        ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1_000_000);
        Path file = packed(version, plain);
        assertThat(Allocation.ofRefusal(() -> read(version, file))).isLessThan(4_000_000);
    }

    /** The table says what the number of splats says, and the frames are as short as before. */
    @Test
    void takesNoMemoryForFramesThatAreTooShort() throws IOException {
        byte[] plain = plain(4);
        var bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(8, 1_000_000);
        int[] widths = {9, 1, 3, 3, 4, 45};
        for (int k = 0; k < widths.length; k++) {
            bytes.putLong(FRAMED_HEADER + 16 * k + 8, 1_000_000L * widths[k]);
        }
        Path file = packed(4, plain);
        assertThat(Allocation.ofRefusal(() -> read(4, file))).isLessThan(4_000_000);
    }
}
