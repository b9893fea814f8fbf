package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Versions 1 and 2 of SPZ, written here byte by byte: two splats of degree 1, attribute after
 * attribute, in axes right, up, back.
 */
class OldSpzTest {
    private static final Limits LIMITS = new Limits(1_000_000);
    private static final int MAGIC = 0x5053474E;
    private static final int FRACTIONAL_BITS = 12;

    /** 1.5, −2, 0.25, 65504, 2⁻²⁴ and −0 as numbers of 16 bits, IEEE 754-2008. */
    private static final int[] HALVES = {0x3E00, 0xC000, 0x3400, 0x7BFF, 0x0001, 0x8000};

    @TempDir Path folder;

    private static ByteBuffer header(int version, int room) {
        var bytes = ByteBuffer.allocate(16 + room).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(version).putInt(2);
        return bytes.put((byte) 1).put((byte) FRACTIONAL_BITS).put((byte) 0).put((byte) 0);
    }

    /** What both versions have in common, behind the positions. */
    private static void attributes(ByteBuffer bytes) {
        put(bytes, 51, 255);
        put(bytes, 255, 0, 153, 102, 204, 51);
        put(bytes, 160, 144, 0, 255, 16, 80);
        put(bytes, 204, 0, 0, 204, 102, 153);
        put(bytes, 128, 0, 255, 64, 192, 96, 32, 224, 160);
        put(bytes, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    private static void put(ByteBuffer bytes, int... values) {
        for (int value : values) {
            bytes.put((byte) value);
        }
    }

    private Path file(ByteBuffer bytes) throws IOException {
        Path file = folder.resolve("old.spz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes.array(), 0, bytes.position());
        }
        return file;
    }

    private Path first() throws IOException {
        ByteBuffer bytes = header(1, 100);
        for (int half : HALVES) {
            bytes.putShort((short) half);
        }
        attributes(bytes);
        return file(bytes);
    }

    private Path second() throws IOException {
        ByteBuffer bytes = header(2, 100);
        for (double x : new double[] {1.5, -2, 0.25, 2047.75, -2048, 0}) {
            int fixed = (int) (x * (1 << FRACTIONAL_BITS));
            put(bytes, fixed, fixed >> 8, fixed >> 16);
        }
        attributes(bytes);
        return file(bytes);
    }

    private static Splats read(Path file) throws IOException {
        return new SpzCodec(3) {}.read(file, LIMITS);
    }

    @Test
    void readsPositionsOfSixteenBits() throws IOException {
        assertThat(read(first()).means()).containsExactly(1.5f, 2, -0.25f, 65504, -0x1p-24f, 0);
    }

    @Test
    void readsPositionsOfTwentyFourBits() throws IOException {
        assertThat(read(second()).means()).containsExactly(1.5f, 2, -0.25f, 2047.75f, 2048, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsTheOtherAttributes(int version) throws IOException {
        Splats splats = read(version == 1 ? first() : second());
        assertThat(splats.degree()).isEqualTo(1);
        // ln(0.2/0.8), and all of the light
        assertThat(splats.opacities()[0]).isCloseTo(-1.3862944f, within(1e-6f));
        assertThat(splats.opacities()[1]).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(splats.logScales()).containsExactly(0, -1, -10, 5.9375f, -9, -5);
        // bytes 204, 102 and 153 are 0.6, −0.2 and 0.2; y and z turn round, w is what is left
        float[] second = {(float) Math.sqrt(0.56), 0.6f, 0.2f, -0.2f};
        float[] rotation = java.util.Arrays.copyOfRange(splats.rotations(), 4, 8);
        assertThat(rotation).containsExactly(second, within(1e-6f));
        // (byte/255 − 0.5)/0.15
        float[] colour = {10 / 3f, -10 / 3f, 2 / 3f};
        assertThat(java.util.Arrays.copyOf(splats.sh(), 3)).containsExactly(colour, within(1e-5f));
        // (byte − 128)/128; the coefficients of y and z change their sign, that of x does not
        float[] first = java.util.Arrays.copyOfRange(splats.sh(), 3, 12);
        assertThat(first)
                .containsExactly(
                        new float[] {0, 1, -127 / 128f, 0.5f, -0.5f, 0.25f, -0.75f, 0.75f, 0.25f},
                        within(1e-6f));
    }

    @Test
    void refusesFirstVersionsThatEndEarly() throws IOException {
        ByteBuffer bytes = header(1, 100);
        bytes.putLong(0);
        Path file = file(bytes);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file.toString());
    }
}
