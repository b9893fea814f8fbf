package org.kernfield.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Precision;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** The elementary functions against java.lang.StrictMath in float64, for float32. */
class ElementaryTest {
    private static final int COUNT = 100_003;

    @Test
    void expIsWithinThreeUlp() {
        assertThat(largestUlp(Expr::exp, StrictMath::exp, -87, 88.7)).isLessThanOrEqualTo(3);
    }

    /** e^(−ln 2 · x), which has code of its own. */
    private static Expr powerOfHalf(Expr x) {
        return x.times(-Math.log(2)).exp();
    }

    @Test
    void powersOfTwoAreWithinFourUlp() {
        assertThat(largestUlp(ElementaryTest::powerOfHalf, x -> Math.pow(2, -x), -127.9, 125.9))
                .isLessThanOrEqualTo(4);
    }

    @Test
    void powersOfTwoKeepTheirLimits() {
        float infinity = Float.POSITIVE_INFINITY;
        assertThat(
                        map(
                                ElementaryTest::powerOfHalf,
                                new float[] {
                                    1000, -1000, infinity, -infinity, Float.NaN, 126, -129
                                }))
                .containsExactly(0, infinity, 0, infinity, Float.NaN, 0, infinity);
    }

    @Test
    void logIsWithinTwoUlp() {
        assertThat(largestUlp(Expr::log, StrictMath::log, 1e-37, 10)).isLessThanOrEqualTo(2);
        assertThat(largestUlp(Expr::log, StrictMath::log, 0.9, 1.1)).isLessThanOrEqualTo(2);
    }

    @Test
    void tanhIsWithinThreeUlp() {
        assertThat(largestUlp(Expr::tanh, StrictMath::tanh, -9, 9)).isLessThanOrEqualTo(3);
    }

    @Test
    void sineAndCosineAreWithinTwoToTheMinus23() {
        assertThat(largestError(Expr::sin, StrictMath::sin, -30_000, 30_000)).isLessThan(0x1p-23);
        assertThat(largestError(Expr::cos, StrictMath::cos, -30_000, 30_000)).isLessThan(0x1p-23);
    }

    @Test
    void floorIsExact() {
        assertThat(largestError(Expr::floor, Math::floor, -1e6, 1e6)).isZero();
        assertThat(largestError(Expr::floor, Math::floor, -3, 3)).isZero();
    }

    @Test
    void expKeepsItsLimits() {
        assertThat(map(Expr::exp, new float[] {0, -1000, 1000, Float.NaN, -87.4f, 89}))
                .containsExactly(
                        1, 0, Float.POSITIVE_INFINITY, Float.NaN, 0, Float.POSITIVE_INFINITY);
    }

    @Test
    void logKeepsItsLimits() {
        float tiny = Float.MIN_VALUE;
        float[] values = map(Expr::log, new float[] {1, 0, -1, Float.NaN, 1 / 0f, tiny});
        assertThat(values[0]).isZero();
        assertThat(values[1]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(values[2]).isNaN();
        assertThat(values[3]).isNaN();
        assertThat(values[4]).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(values[5]).isCloseTo((float) Math.log(tiny), within(1e-4f));
    }

    private static org.assertj.core.data.Offset<Float> within(float tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static double largestUlp(
            UnaryOperator<Expr> f, DoubleUnaryOperator exact, double low, double high) {
        float[] x = grid(low, high);
        float[] y = map(f, x);
        double largest = 0;
        for (int k = 0; k < x.length; k++) {
            double truth = exact.applyAsDouble(x[k]);
            double ulp = Math.ulp((float) truth);
            largest = Math.max(largest, Math.abs(y[k] - truth) / ulp);
        }
        return largest;
    }

    private static double largestError(
            UnaryOperator<Expr> f, DoubleUnaryOperator exact, double low, double high) {
        float[] x = grid(low, high);
        float[] y = map(f, x);
        double largest = 0;
        for (int k = 0; k < x.length; k++) {
            largest = Math.max(largest, Math.abs(y[k] - exact.applyAsDouble(x[k])));
        }
        return largest;
    }

    private static float[] grid(double low, double high) {
        var x = new float[COUNT];
        for (int k = 0; k < COUNT; k++) {
            x[k] = (float) (low + (high - low) * k / (COUNT - 1));
        }
        return x;
    }

    private static float[] map(UnaryOperator<Expr> f, float[] x) {
        return Evaluated.of(f, Precision.F32, Array.of(1, x)).toFloats();
    }
}
