package org.kernfield.numerics.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {
    /** mpmath 1.3, ncdf at 50 digits. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.84134474606854294859",
        "-1, 0.15865525393145705141",
        "1.959963984540054, 0.97499999999999999862",
        "-2.999, 0.0013543365337271066511",
        "-3.001, 0.0013454728250849659890",
        "-8, 6.2209605742717841235e-16",
        "-20, 2.7536241186062336951e-89",
        "-37, 5.7255712225245768227e-300"
    })
    void cumulativeHasItsPublishedValues(double z, double expected) {
        assertThat(Normal.cumulative(z)).isCloseTo(expected, within(2e-13 * expected));
        assertThat(Normal.cumulative(-z)).isCloseTo(1 - expected, within(2e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-9, 0.025, 0.5, 0.7, 0.975})
    void quantileUndoesCumulative(double p) {
        assertThat(Normal.cumulative(Normal.quantile(p))).isCloseTo(p, within(1e-12 * p));
    }

    @Test
    void quantileOfNoProbabilityIsRefused() {
        assertThatThrownBy(() -> Normal.quantile(1)).hasMessageContaining("probability 1.0");
    }
}
