package org.kernfield.io.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Resources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;

import javax.imageio.stream.MemoryCacheImageInputStream;

/** Against another decoder, that of TwelveMonkeys, and against what libwebp wrote. */
class LosslessWebpTest {
    private static final Limits LIMITS = new Limits(64_000_000);

    @ParameterizedTest
    @ValueSource(strings = {"rgb.webp", "alpha.webp"})
    void readsWhatLibwebpWrote(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Resources.of("pictures/" + name));
        assertThat(LosslessWebp.decode(bytes, name, LIMITS).pixels()).isEqualTo(other(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 256",
        "1, 700, 3",
        "700, 1, 256",
        "16, 16, 1",
        "17, 33, 2",
        "300, 200, 5",
        "128, 64, 256"
    })
    void writesWhatOthersRead(int width, int height, int kinds) throws IOException {
        for (Argb picture : pictures(width, height, kinds)) {
            byte[] bytes = LosslessWebp.encode(picture);
            assertThat(other(bytes)).isEqualTo(picture.pixels());
            Argb again = LosslessWebp.decode(bytes, "own", LIMITS);
            assertThat(again.width()).isEqualTo(width);
            assertThat(again.pixels()).isEqualTo(picture.pixels());
        }
    }

    @Test
    void makesSmoothPicturesSmall() {
        var pixels = new int[256 * 256];
        for (int k = 0; k < pixels.length; k++) {
            int x = k % 256;
            int y = k / 256;
            pixels[k] = 0xFF000000 | x / 2 + y / 3 << 16 | x + y >> 1 << 8 | (x * y >> 9);
        }
        assertThat(LosslessWebp.encode(new Argb(256, 256, pixels))).hasSizeLessThan(12_000);
    }

    @Test
    void refusesTruncatedPictures() {
        byte[] bytes = LosslessWebp.encode(pictures(40, 30, 200)[0]);
        for (int length = 0; length < bytes.length - 1; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LosslessWebp.decode(cut, "cut", LIMITS))
                    .as("first %d bytes", length)
                    .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }

    @Test
    void survivesBrokenBytes() throws IOException {
        byte[] good = Files.readAllBytes(Resources.of("pictures/alpha.webp"));
        var random = new Random(7);
        int refused = 0;
        for (int n = 0; n < 3000; n++) {
            byte[] bytes = good.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                LosslessWebp.decode(bytes, "broken", LIMITS);
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void keepsToItsLimits() {
        byte[] bytes = LosslessWebp.encode(new Argb(1000, 1000, new int[1_000_000]));
        assertThat(bytes).hasSizeLessThan(3000);
        assertThatThrownBy(() -> LosslessWebp.decode(bytes, "black", new Limits(1_000_000)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("at most 1 MB");
    }

    /** 4096 groups of four codes of 256 symbols, each of 42 bits in the file. */
    @Test
    void countsTheMemoryOfPrefixCodes() throws IOException {
        byte[] bytes = grouped();
        assertThat(new Vp8lDecoder(bytes, 0, bytes.length, "groups", LIMITS).decode().pixels())
                .containsOnly(0);
        var limits = new Limits(24_000_000);
        assertThatThrownBy(() -> new Vp8lDecoder(bytes, 0, bytes.length, "groups", limits).decode())
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("at most 24 MB");
    }

    /** A picture of 4 × 4 black pixels, all of the last group. */
    private static byte[] grouped() {
        var bits = new BitWriter();
        bits.add(Symbols.SIGNATURE, 8);
        bits.add(3, 14);
        bits.add(3, 14);
        // neither alpha nor version, transform or cache; then groups, in blocks of 4 × 4
        bits.add(0, 1 + 3 + 1 + 1);
        bits.add(1, 1 + 3);
        // the picture of groups: no cache, one pixel of green 255 and red 15
        bits.add(0, 1);
        for (int symbol : new int[] {255, 15, 0, 0, 0}) {
            alone(bits, symbol);
        }
        for (int group = 0; group < 4096; group++) {
            flat(bits);
            // as many symbols as 8 bits count, of more
            bits.add(1 | 3 << 1 | 254 << 4, 1 + 3 + 8);
            for (int code = 0; code < 3; code++) {
                flat(bits);
                bits.add(0, 1);
            }
            alone(bits, 0);
        }
        for (int pixel = 0; pixel < 16; pixel++) {
            bits.add(0, 32);
        }
        return bits.bytes();
    }

    /** A code of one symbol. */
    private static void alone(BitWriter bits, int symbol) {
        bits.add(1 | 1 << 2 | symbol << 3, 11);
    }

    /** A code of symbols of 8 bits each, up to their number. */
    private static void flat(BitWriter bits) {
        bits.add(0, 1);
        bits.add(12 - 4, 4);
        bits.add(0, 11 * 3 - 1);
        bits.add(1 << 1, 4);
    }

    /** Noise of a few values, a smooth picture with alpha, and rows that repeat. */
    private static Argb[] pictures(int width, int height, int kinds) {
        var random = new Random(width + height + kinds);
        var noise = new int[width * height];
        var smooth = new int[width * height];
        var rows = new int[width * height];
        for (int k = 0; k < noise.length; k++) {
            int x = k % width;
            int y = k / width;
            for (int shift = 0; shift < 32; shift += 8) {
                noise[k] |= random.nextInt(kinds) << shift;
                smooth[k] |= (x * (shift + 3) + y * 5 >> 3 & 0xFF) << shift;
            }
            rows[k] = k < 2 * width ? noise[k] : rows[k - 2 * width] ^ (k % 97 == 0 ? 256 : 0);
        }
        return new Argb[] {
            new Argb(width, height, noise),
            new Argb(width, height, smooth),
            new Argb(width, height, rows)
        };
    }

    private static int[] other(byte[] bytes) throws IOException {
        var reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            var image = reader.read(0);
            return image.getRGB(
                    0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        } finally {
            reader.dispose();
        }
    }
}
