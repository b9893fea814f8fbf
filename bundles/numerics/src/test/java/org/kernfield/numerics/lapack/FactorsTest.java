package org.kernfield.numerics.lapack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.lang.foreign.MemorySegment;

class FactorsTest {
    private final Factors factors =
            new Factors(
                    null,
                    null,
                    new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE));

    /** A shape without memory. */
    private static Array shape(int rows, int width) {
        long bytes = (long) rows * width * Float.BYTES;
        var nowhere = MemorySegment.NULL.reinterpret(bytes);
        return new Array(ElementType.F32, rows, width, nowhere);
    }

    @Test
    void refusesWorkspacesThatLapackCannotCount() {
        Array a = shape(32_767, 32_767);
        assertThatThrownBy(() -> factors.symmetricEigen(a, shape(32_767, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "symmetricEigen: 32767 × 32767 needs a workspace of 2147549181 numbers and"
                                + " LAPACK counts up to 2147483647; use a smaller matrix");
        Array tall = shape(30_000, 23_170);
        Array square = shape(23_170, 23_170);
        assertThatThrownBy(() -> factors.svd(tall, tall, shape(23_170, 1), square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30000 × 23170 needs a workspace of 2147557790 numbers");
    }
}
