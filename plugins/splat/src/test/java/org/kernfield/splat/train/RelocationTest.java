package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelocationTest {
    @Test
    void leavesASingleOneAlone() {
        Relocation alone = Relocation.of(0.37, 1);
        assertThat(alone.opacity()).isCloseTo(0.37, within(1e-12));
        assertThat(alone.scale()).isCloseTo(1, within(1e-12));
    }

    /**
     * What equation 9 is made for: along a line, n equal Gaussians over each other let as much
     * light through in all as the one did.
     */
    @ParameterizedTest
    @CsvSource({"0.9, 2", "0.5, 3", "0.99, 7", "0.3, 20"})
    void takesAwayAsMuchLightInAll(double opacity, int copies) {
        Relocation each = Relocation.of(opacity, copies);
        double one = 0;
        double together = 0;
        double step = 1e-3;
        for (double x = -10; x <= 10; x += step) {
            one += step * opacity * Math.exp(-0.5 * x * x);
            double scaled = x / each.scale();
            double alpha = each.opacity() * Math.exp(-0.5 * scaled * scaled);
            together += step * (1 - Math.pow(1 - alpha, copies));
        }
        assertThat(together).isCloseTo(one, within(1e-6));
        assertThat(1 - Math.pow(1 - each.opacity(), copies)).isCloseTo(opacity, within(1e-9));
    }
}
