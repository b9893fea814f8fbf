package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.field.Image;
import org.kernfield.format.FormatException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

class PngReaderTest {
    private static final int WIDTH = 11;
    private static final int HEIGHT = 9;

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1",
        "0, 2, 1",
        "0, 4, 1",
        "0, 8, 1",
        "0, 16, 1",
        "2, 8, 3",
        "2, 16, 3",
        "4, 8, 2",
        "4, 16, 2",
        "6, 8, 4",
        "6, 16, 4"
    })
    void readsEveryTypeAndDepth(int colour, int depth, int samples) throws IOException {
        for (boolean isInterlaced : new boolean[] {false, true}) {
            var png = random(colour, depth, samples, isInterlaced);
            Image picture = read(png.bytes(new byte[0], 0));
            assertThat(picture.channels()).isEqualTo(samples < 3 ? 1 : 3);
            double most = (1 << depth) - 1;
            for (int k = 0; k < WIDTH * HEIGHT; k++) {
                boolean hasAlpha = samples % 2 == 0;
                double alpha = hasAlpha ? png.samples()[k * samples + samples - 1] / most : 1;
                float kept = picture.alpha() == null ? 1 : picture.alpha()[k];
                assertThat((double) kept).isCloseTo(alpha, within(2e-7));
                for (int c = 0; c < picture.channels(); c++) {
                    double expected = png.samples()[k * samples + c] / most * alpha + 1 - alpha;
                    assertThat((double) picture.values()[k * picture.channels() + c])
                            .isCloseTo(expected, within(2e-7));
                }
            }
        }
    }

    @Test
    void turnsAlphaWithThePicture() {
        var stored = new Image(2, 1, 1, new float[] {0.1f, 0.2f}, new float[] {0.3f, 0.4f});
        int halfATurn = 3;
        assertThat(Exif.upright(stored, halfATurn).alpha()).containsExactly(0.4f, 0.3f);
    }

    @Test
    void makesTheKeyColourWhite() throws IOException {
        var samples = new int[WIDTH * HEIGHT * 3];
        for (int c = 0; c < 3; c++) {
            samples[c] = 10 * c;
            samples[3 + c] = 10 * c + 1;
        }
        var png = new PngFile(WIDTH, HEIGHT, 8, 2, false, samples);
        var key = PngFile.chunk("tRNS", new byte[] {0, 0, 0, 10, 0, 20});
        Image picture = read(png.bytes(key, 0));
        assertThat(picture.values()).startsWith(1, 1, 1, 1 / 255f, 11 / 255f, 21 / 255f);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4", "8"})
    void readsPalettesWithAlpha(int depth) throws IOException {
        var png = new PngFile(2, 1, depth, 3, false, new int[] {0, 1});
        var plte = PngFile.chunk("PLTE", new byte[] {(byte) 255, 0, 0, 0, 0, (byte) 255});
        var trns = PngFile.chunk("tRNS", new byte[] {0});
        var both = new byte[plte.length + trns.length];
        System.arraycopy(plte, 0, both, 0, plte.length);
        System.arraycopy(trns, 0, both, plte.length, trns.length);
        assertThat(read(png.bytes(both, 0)).values()).containsExactly(1, 1, 1, 0, 0, 1);
    }

    @Test
    void refusesIndexBeyondPalette() {
        var png = new PngFile(1, 1, 8, 3, false, new int[] {1});
        var plte = PngFile.chunk("PLTE", new byte[3]);
        assertThatThrownBy(() -> read(png.bytes(plte, 0)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("beyond the palette");
    }

    @Test
    void refusesTooLittleDataBehindIntactChecksums() {
        var png = random(2, 8, 3, false);
        assertThatThrownBy(() -> read(png.bytes(new byte[0], 1)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("truncated");
    }

    @Test
    void refusesSizesThatItsDataCannotFill() {
        var bytes = new PngFile(1, 1, 8, 2, false, new int[3]).bytes(new byte[0], 0);
        var claimed = new PngFile(5000, 5000, 8, 2, false, new int[0]).header();
        System.arraycopy(claimed, 0, bytes, 8, claimed.length);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("truncated");
    }

    private static PngFile random(int colour, int depth, int samples, boolean isInterlaced) {
        var random = new Random(depth * 10 + colour);
        int[] raw = random.ints((long) WIDTH * HEIGHT * samples, 0, 1 << depth).toArray();
        return new PngFile(WIDTH, HEIGHT, depth, colour, isInterlaced, raw);
    }

    private Image read(byte[] bytes) throws IOException {
        return Fixture.read(Files.write(directory.resolve("a.png"), bytes));
    }
}
