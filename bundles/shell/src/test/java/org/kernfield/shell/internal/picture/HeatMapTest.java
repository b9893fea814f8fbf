package org.kernfield.shell.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Image;

import java.util.Arrays;

class HeatMapTest {
    /** Luminance of sRGB, IEC 61966-2-1, as lightness L* of CIE 1976. */
    private static double lightness(float[] rgb) {
        double y = 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
        return y > 216 / 24389.0 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
    }

    private static double linear(double x) {
        return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
    }

    @Test
    void growsLighterWithTheDifference() {
        double before = -1;
        for (int k = 0; k <= 255; k++) {
            var rgb = new float[3];
            Ramp.write(k / 255.0, rgb, 0);
            assertThat(lightness(rgb)).as("colour %d", k).isGreaterThan(before);
            before = lightness(rgb);
        }
        assertThat(before).isGreaterThan(90);
    }

    @Test
    void averagesTheChannels() {
        var a = new Image(2, 1, 3, new float[] {0, 0, 0, 1, 1, 1});
        var b = new Image(2, 1, 3, new float[] {0.3f, 0, 0.3f, 1, 1, 1});
        assertThat(HeatMap.of(a, b).scale()).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void isDarkWherePicturesAgree() {
        var a = new Image(3, 2, 1, new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f});
        var map = HeatMap.of(a, a);
        assertThat(map.scale()).isEqualTo(1 / 255.0);
        for (float value : map.picture().values()) {
            assertThat(value).isLessThan(0.15f);
        }
    }

    @Test
    void isNotDarkenedByASpeck() {
        var values = new float[100 * 100];
        Arrays.fill(values, 0.01f);
        values[77] = 1;
        var zero = new Image(100, 100, 1, new float[values.length]);
        assertThat(HeatMap.of(new Image(100, 100, 1, values), zero).scale())
                .isCloseTo(0.01, within(1e-6));
    }
}
