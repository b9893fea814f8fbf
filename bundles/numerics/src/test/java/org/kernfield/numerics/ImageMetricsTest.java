package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.backend.Workers;
import org.kernfield.field.Image;

/**
 * Expected figures are those of numpy 1.24 and scipy 1.10 in float64: −10·log10(mean((a−b)²)), and
 * SSIM by {@code gaussian_filter(sigma=1.5, truncate=3.5)} with a border of 5 pixels cropped, for
 * the pictures of {@link #picture}.
 */
class ImageMetricsTest {
    /** Moments are kept in float32; one window alone shows its rounding. */
    private static final double SINGLE = 5e-6;

    @ParameterizedTest
    @CsvSource({
        "11, 11, 1, 25.291449899240046, 0.5874319190295288",
        "40, 23, 3, 25.236977365122172, 0.6470812118248174",
        "64, 150, 3, 25.23015991534859, 0.6469231014931499",
        "13, 200, 1, 25.23965830527824, 0.6406706592806636",
    })
    void agreesWithScipyForDifferentTexture(int w, int h, int c, double psnr, double ssim) {
        Image a = picture(w, h, c, 0);
        Image b = picture(w, h, c, 5);

        assertThat(ImageMetrics.psnr(a, b)).isCloseTo(psnr, within(1e-5));
        assertThat(ImageMetrics.ssim(a, b)).isCloseTo(ssim, within(SINGLE));
    }

    @ParameterizedTest
    @CsvSource({
        "11, 11, 1, 21.931213225873453, 0.989644664792813",
        "40, 23, 3, 24.83747414615874, 0.9896212185736583",
        "64, 150, 3, 24.17065731568738, 0.9896204940894532",
        "13, 200, 1, 23.820380930575066, 0.9896318814930549",
    })
    void agreesWithScipyForLessContrast(int w, int h, int c, double psnr, double ssim) {
        Image a = picture(w, h, c, 0);
        float[] dimmed = a.values().clone();
        for (int k = 0; k < dimmed.length; k++) {
            dimmed[k] *= 0.9f;
        }
        Image b = new Image(w, h, c, dimmed);

        assertThat(ImageMetrics.psnr(a, b)).isCloseTo(psnr, within(1e-5));
        assertThat(ImageMetrics.ssim(a, b)).isCloseTo(ssim, within(SINGLE));
    }

    /** What does not count may be anything: as if the picture ended before it. */
    @Test
    void pixelsWithoutWeightDoNotCount() {
        int kept = 23;
        Image a = picture(40, 70, 3, 0);
        Image b = picture(40, 70, 3, 5);
        var inside = new float[40 * 70];
        var windows = new float[40 * 70];
        for (int k = 0; k < inside.length; k++) {
            int x = k % 40;
            inside[k] = x < kept ? 0.5f : 0;
            windows[k] = x < kept - 5 ? 2 : 0;
        }
        double psnr = ImageMetrics.psnr(a, b, inside, Workers.SERIAL);
        double ssim = ImageMetrics.ssim(a, b, windows, Workers.SERIAL);

        assertThat(psnr).isCloseTo(ImageMetrics.psnr(left(a, kept), left(b, kept)), within(1e-9));
        assertThat(ssim).isCloseTo(ImageMetrics.ssim(left(a, kept), left(b, kept)), within(SINGLE));
        assertThat(ImageMetrics.psnr(a, b, new float[40 * 70], Workers.SERIAL)).isNaN();
    }

    private static Image left(Image whole, int width) {
        int c = whole.channels();
        var values = new float[width * whole.height() * c];
        for (int y = 0; y < whole.height(); y++) {
            System.arraycopy(
                    whole.values(), y * whole.width() * c, values, y * width * c, width * c);
        }
        return new Image(width, whole.height(), c, values);
    }

    @Test
    void refusesWeightsOfAnotherPicture() {
        Image a = picture(20, 20, 1, 0);

        assertThatThrownBy(() -> ImageMetrics.psnr(a, a, new float[399], Workers.SERIAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("399 weights");
    }

    @Test
    void equalPicturesScoreInfinityAndOne() {
        Image a = picture(30, 20, 3, 1);

        assertThat(ImageMetrics.psnr(a, a)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(ImageMetrics.ssim(a, a)).isCloseTo(1, within(1e-9));
    }

    @Test
    void constantPicturesDifferByTheirMeansOnly() {
        Image a = constant(20, 20, 1f);
        Image b = constant(20, 20, 0.5f);

        // the first factor of equation 13 alone: (2·1·0.5 + 1e-4) / (1 + 0.25 + 1e-4)
        assertThat(ImageMetrics.ssim(a, b)).isCloseTo(1.0001 / 1.2501, within(1e-6));
        assertThat(ImageMetrics.psnr(a, b)).isCloseTo(10 * Math.log10(4), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4000", "10, 30", "30, 10"})
    void similarityIsUnknownBelowElevenPixels(int w, int h) {
        Image a = picture(w, h, 1, 0);

        assertThat(ImageMetrics.ssim(a, a)).isNaN();
    }

    @Test
    void refusesPicturesOfDifferentSize() {
        assertThatThrownBy(() -> ImageMetrics.psnr(picture(4, 3, 1, 0), picture(3, 4, 1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 × 3 × 1 and 3 × 4 × 1: not of one size; compare equal sizes");
    }

    @Test
    void threadsDoNotChangeTheBits() {
        Image a = picture(200, 517, 3, 0);
        Image b = picture(200, 517, 3, 5);

        assertThat(ImageMetrics.ssim(a, b, new Pool(3)))
                .isEqualTo(ImageMetrics.ssim(a, b, Workers.SERIAL));
        assertThat(ImageMetrics.psnr(a, b, new Pool(3)))
                .isEqualTo(ImageMetrics.psnr(a, b, Workers.SERIAL));
    }

    private static Image constant(int w, int h, float value) {
        var values = new float[w * h];
        java.util.Arrays.fill(values, value);
        return new Image(w, h, 1, values);
    }

    /** 0.5 + 0.3·sin(0.11x + 0.07y + k) + 0.01·((7x + 13y + 29k + 31·seed) mod 17). */
    static Image picture(int w, int h, int channels, int seed) {
        var values = new float[w * h * channels];
        for (int y = 0, at = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                for (int k = 0; k < channels; k++, at++) {
                    int texture = (7 * x + 13 * y + 29 * k + 31 * seed) % 17;
                    double wave = Math.sin(0.11 * x + 0.07 * y + k);
                    values[at] = (float) (0.5 + 0.3 * wave + 0.01 * texture);
                }
            }
        }
        return new Image(w, h, channels, values);
    }
}
