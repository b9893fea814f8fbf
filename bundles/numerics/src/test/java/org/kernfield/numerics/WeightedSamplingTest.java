package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.IntStream;

class WeightedSamplingTest {
    @Test
    void hilbertVisitsNeighboursOneAfterTheOther() {
        int[] order = Hilbert.order(16, 16);

        for (int k = 1; k < order.length; k++) {
            int step =
                    Math.abs(order[k] % 16 - order[k - 1] % 16)
                            + Math.abs(order[k] / 16 - order[k - 1] / 16);
            assertThat(step).as("step %d", k).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4000", "4000, 1", "13, 7", "64, 65"})
    void hilbertVisitsEveryPixelOnce(int width, int height) {
        int[] order = Hilbert.order(width, height);

        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, width * height).toArray());
    }

    @Test
    void everyElementOccursAsOftenAsItsShareRounded() {
        float[] density = {1, 0, 2.5f, 0.25f, 6, 0.25f};
        int[] order = {3, 0, 1, 5, 4, 2};

        for (long seed = 0; seed < 50; seed++) {
            int[] drawn = WeightedSampling.draw(density, order, 17, seed);
            for (int e = 0; e < density.length; e++) {
                int element = e;
                long times = Arrays.stream(drawn).filter(d -> d == element).count();
                assertThat((double) times).isCloseTo(1.7 * density[e], within(1.0));
            }
        }
    }

    @Test
    void frequenciesOverSeedsAreProportional() {
        float[] density = {0.1f, 0.3f, 0.2f, 0.4f};
        var times = new double[4];

        for (long seed = 0; seed < 4000; seed++) {
            times[WeightedSampling.draw(density, new int[] {0, 1, 2, 3}, 1, seed)[0]]++;
        }

        // five standard errors of a share of 0.4: 5·√(0.24/4000)
        for (int e = 0; e < 4; e++) {
            assertThat(times[e] / 4000).isCloseTo(density[e], within(0.039));
        }
    }

    @Test
    void uniformDensityLeavesNoHole() {
        var density = new float[64 * 64];
        Arrays.fill(density, 1);

        int[] drawn = WeightedSampling.pixels(density, 64, 64, 256, 7);

        // 16 pixels a draw: every 4 × 4 cell, which the curve crosses at one go, holds one
        long cells = Arrays.stream(drawn).map(p -> p / 64 / 4 * 16 + p % 64 / 4).distinct().count();
        assertThat(cells).isEqualTo(256);
    }

    @Test
    void refusesADensityOfZero() {
        assertThatThrownBy(() -> WeightedSampling.pixels(new float[6], 3, 2, 1, 0))
                .hasMessage("density: 0 everywhere; give at least one element a weight above 0");
    }

    @Test
    void refusesANegativeDensity() {
        assertThatThrownBy(() -> WeightedSampling.pixels(new float[] {1, -1}, 2, 1, 1, 0))
                .hasMessageContaining("density -1.0 of element 1");
    }
}
