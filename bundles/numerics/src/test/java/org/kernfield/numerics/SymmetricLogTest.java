package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SymmetricLogTest {
    @Test
    void isOddAndTheLogarithmOfOneMore() {
        assertThat(SymmetricLog.of(0)).isZero();
        assertThat(SymmetricLog.of(Math.E - 1)).isCloseTo(1, within(1e-15));
        assertThat(SymmetricLog.of(1 - Math.E)).isCloseTo(-1, within(1e-15));
    }

    @Test
    void isUndoneByItsInverse() {
        for (double x : new double[] {-1e6, -3, -1e-9, 0, 1e-9, 0.5, 1e6}) {
            assertThat(SymmetricLog.inverse(SymmetricLog.of(x)))
                    .isCloseTo(x, within(1e-12 * Math.abs(x)));
        }
    }
}
