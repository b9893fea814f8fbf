package org.kernfield.shell.internal.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class AxisTest {
    private static List<String> ticks(double low, double high, int most) {
        return new Axis(low, high, 0, 100).ticks(most).stream().map(Axis.Tick::text).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 5, 0 0.2 0.4 0.6 0.8 1.0",
        "-1.04, 1.04, 4, -1 0 1",
        "3, 97, 5, 20 40 60 80",
        "0.0012, 0.0041, 4, 0.002 0.003 0.004",
        "1e-9, 4e-9, 4, 1e-9 2e-9 3e-9 4e-9",
        "0, 4e7, 4, 0 1e7 2e7 3e7 4e7",
        "1000000, 1000030, 3, 1e6 1.00001e6 1.00002e6 1.00003e6",
        "-2500, -500, 4, -2500 -2000 -1500 -1000 -500"
    })
    void numbersAreRoundAndToldApart(double low, double high, int most, String expected) {
        assertThat(String.join(" ", ticks(low, high, most))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "0, 0", "-3, -3", "1e-12, 1e-12"})
    void constantDataHaveARangeAroundThem(double low, double high) {
        double[] range = Axis.around(low, Double.NaN, high);
        assertThat(range[0]).isLessThan(low);
        assertThat(range[1]).isGreaterThan(high);
    }
}
