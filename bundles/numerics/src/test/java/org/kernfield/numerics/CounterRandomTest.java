package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.IntStream;

class CounterRandomTest {
    /** Known answers of philox4x32 10 in kat_vectors of the Random123 distribution 1.14. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000,"
                + " 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff,"
                + " 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0,"
                + " d16cfe09 94fdcceb 5001e420 24126ea1",
    })
    void givesThePublishedAnswers(String counter, String key, String answer) {
        assertThat(CounterRandom.philox(words(counter), words(key))).isEqualTo(words(answer));
    }

    @Test
    void bitsAreTheFirstTwoWordsOfTheCounter() {
        int[] words = CounterRandom.philox(new int[] {5, 1, 8, 7}, new int[] {3, 2});

        assertThat(new CounterRandom(2L << 32 | 3).bits(7, 8, 1L << 32 | 5))
                .isEqualTo((words[0] & 0xFFFFFFFFL) | (long) words[1] << 32);
    }

    @Test
    void uniformHasTheMomentsOfTheUnitInterval() {
        var random = new CounterRandom(11);
        double[] u = IntStream.range(0, 40_000).mapToDouble(k -> random.uniform(0, 0, k)).toArray();

        // five standard errors: 5·√(1/12/n) of the mean, 5·√(1/180/n) of the variance
        assertThat(mean(u)).isCloseTo(0.5, within(0.0072));
        assertThat(variance(u)).isCloseTo(1.0 / 12, within(0.0019));
        assertThat(Arrays.stream(u).boxed()).allMatch(value -> value >= 0 && value < 1);
    }

    @Test
    void normalHasUnitVariance() {
        var random = new CounterRandom(11);
        double[] z = IntStream.range(0, 40_000).mapToDouble(k -> random.normal(0, 1, k)).toArray();

        // five standard errors: 5/√n of the mean, 5·√(2/n) of the variance
        assertThat(mean(z)).isCloseTo(0, within(0.025));
        assertThat(variance(z)).isCloseTo(1, within(0.036));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    private static int[] words(String text) {
        return Arrays.stream(text.split(" "))
                .mapToInt(w -> Integer.parseUnsignedInt(w, 16))
                .toArray();
    }
}
