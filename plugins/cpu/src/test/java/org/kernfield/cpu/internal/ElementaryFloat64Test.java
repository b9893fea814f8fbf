package org.kernfield.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Precision;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The elementary functions for float64 against java.lang.StrictMath, which itself is within one
 * ulp.
 */
class ElementaryFloat64Test {
    private static final int COUNT = 100_003;

    @Test
    void expIsWithinTwoUlp() {
        assertThat(largestUlp(Expr::exp, StrictMath::exp, -708, 709.7)).isLessThanOrEqualTo(2);
        assertThat(largestUlp(Expr::exp, StrictMath::exp, -1, 1)).isLessThanOrEqualTo(2);
    }

    @Test
    void logIsWithinTwoUlp() {
        assertThat(largestUlp(Expr::log, StrictMath::log, 1e-300, 10)).isLessThanOrEqualTo(2);
        assertThat(largestUlp(Expr::log, StrictMath::log, 0.9, 1.1)).isLessThanOrEqualTo(2);
    }

    @Test
    void tanhIsWithinThreeUlp() {
        assertThat(largestUlp(Expr::tanh, StrictMath::tanh, -22, 22)).isLessThanOrEqualTo(3);
    }

    @Test
    void sineAndCosineAreWithinTwoToTheMinus51() {
        assertThat(largestError(Expr::sin, StrictMath::sin, -1e6, 1e6)).isLessThan(0x1p-51);
        assertThat(largestError(Expr::cos, StrictMath::cos, -1e6, 1e6)).isLessThan(0x1p-51);
    }

    @Test
    void limitsAreKept() {
        assertThat(map(Expr::exp, -1000, 1000, Double.NaN, -708.5, 710))
                .containsExactly(
                        0, Double.POSITIVE_INFINITY, Double.NaN, 0, Double.POSITIVE_INFINITY);
        assertThat(map(Expr::log, 1, 0, -1, 1 / 0d))
                .containsExactly(0, Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(map(Expr::floor, -0.5, 2.5, 1e17, -1e15 - 0.5))
                .containsExactly(-1, 2, 1e17, -1e15 - 1);
    }

    private static double largestUlp(
            UnaryOperator<Expr> f, DoubleUnaryOperator exact, double low, double high) {
        double[] x = grid(low, high);
        double[] y = map(f, x);
        double largest = 0;
        for (int k = 0; k < x.length; k++) {
            double truth = exact.applyAsDouble(x[k]);
            largest = Math.max(largest, Math.abs(y[k] - truth) / Math.ulp(truth));
        }
        return largest;
    }

    private static double largestError(
            UnaryOperator<Expr> f, DoubleUnaryOperator exact, double low, double high) {
        double[] x = grid(low, high);
        double[] y = map(f, x);
        double largest = 0;
        for (int k = 0; k < x.length; k++) {
            largest = Math.max(largest, Math.abs(y[k] - exact.applyAsDouble(x[k])));
        }
        return largest;
    }

    private static double[] grid(double low, double high) {
        var x = new double[COUNT];
        for (int k = 0; k < COUNT; k++) {
            x[k] = low + (high - low) * k / (COUNT - 1);
        }
        return x;
    }

    private static double[] map(UnaryOperator<Expr> f, double... x) {
        Array in = Array.zeros(ElementType.F64, x.length, 1);
        for (int k = 0; k < x.length; k++) {
            in.set(k, x[k]);
        }
        Array out = Evaluated.of(f, Precision.F64, in);
        var y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            y[k] = out.get(k);
        }
        return y;
    }
}
