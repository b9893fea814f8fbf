package org.kernfield.kernel.bessel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Of the largest value, e, a few units in the last place may go. */
class PatchTest {
    @Test
    void standsForTheFunctionBetweenItsRoots() {
        var patch = new Patch((a, b) -> Math.exp(a) * Math.cos(b), -0.5, 1, 14, 0.25, 0.3125);
        for (double a = -0.5; a <= 1; a += 0.0625) {
            for (double b = 0.25; b <= 0.3125; b += 0.0078125) {
                double value = Math.exp(a) * Math.cos(b);
                assertThat(patch.value(a, b)).isCloseTo(value, within(5e-15));
            }
        }
    }
}
