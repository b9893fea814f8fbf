package org.kernfield.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kernfield.kernel.Precision.F32;
import static org.kernfield.kernel.Precision.F64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** The special functions in float32 against float64. */
class SpecialFunctionsTest {
    private static final int COUNT = 20_011;

    /** In ulp of the value, those that cross 0 in ulp of at least 1. */
    @ParameterizedTest
    @CsvSource({
        "EXPM1, -20, 88, 6",
        "EXPM1, -1e-3, 1e-3, 3",
        "LOG1P, -0.999, 100, 4",
        "LOG1P, -1e-3, 1e-3, 3",
        "ACOS, -1, 1, 4",
        "ERF, -5, 5, 3",
        "ERF, -1e-3, 1e-3, 3",
        "LGAMMA, 1e-6, 12, 6",
        "LGAMMA, 5, 5000, 6",
        "DIGAMMA, 1e-6, 12, 8",
        "DIGAMMA, 5, 5000, 6",
        "SIGMOID, -80, 20, 6",
        "SOFTPLUS, -80, 20, 8"
    })
    void isWithinUlps(Op op, double low, double high, double ulps) {
        float[] x = grid(low, high);
        float[] y = map(e -> apply(op, e), x);
        double largest = 0;
        for (int k = 0; k < x.length; k++) {
            double truth = op.apply(x[k], 0, 0);
            float unit = Math.ulp((float) (crosses(op) ? Math.max(1, Math.abs(truth)) : truth));
            largest = Math.max(largest, Math.abs(y[k] - truth) / unit);
        }
        assertThat(largest).isLessThanOrEqualTo(ulps);
    }

    /** Both sides err by some ulp; the reference's own are tested apart. */
    @ParameterizedTest
    @EnumSource(
            value = Op.class,
            names = {"EXPM1", "LOG1P", "ACOS", "ERF", "LGAMMA", "DIGAMMA", "SIGMOID", "SOFTPLUS"})
    void isWithinSixteenUlpOfTheReferenceInF64(Op op) {
        float[] x = op == Op.ACOS ? grid(-1, 1) : grid(op == Op.LOG1P ? -0.9 : 0.01, 30);
        double[] y = map(e -> apply(op, e), x, F64);
        for (int k = 0; k < x.length; k++) {
            double truth = op.apply(x[k], 0, 0);
            double unit = Math.ulp(crosses(op) ? Math.max(1, Math.abs(truth)) : truth);
            assertThat(Math.abs(y[k] - truth)).as("%s(%s)", op, x[k]).isLessThan(16 * unit);
        }
    }

    private static boolean crosses(Op op) {
        return op == Op.LGAMMA || op == Op.DIGAMMA;
    }

    private static Expr apply(Op op, Expr e) {
        return switch (op) {
            case EXPM1 -> e.expm1();
            case LOG1P -> e.log1p();
            case ACOS -> e.acos();
            case ERF -> e.erf();
            case LGAMMA -> e.lgamma();
            case DIGAMMA -> e.digamma();
            case SIGMOID -> e.sigmoid();
            case SOFTPLUS -> e.softplus();
            default -> throw new IllegalArgumentException(op.name());
        };
    }

    @Test
    void anglesOfPointsAreWithinFourUlp() {
        for (double other : new double[] {-3, -0.25, 0.25, 3}) {
            float[] x = grid(-10, 10);
            float[] y = map(e -> e.atan2(Expr.of(other)), x);
            float[] swapped = map(e -> Expr.of(other).atan2(e), x);
            for (int k = 0; k < x.length; k++) {
                double truth = Math.atan2(x[k] + 0.0, other);
                assertThat(Math.abs(y[k] - truth)).isLessThan(4 * Math.ulp((float) truth));
                truth = Math.atan2(other, x[k]);
                assertThat(Math.abs(swapped[k] - truth)).isLessThan(4 * Math.ulp((float) truth));
            }
        }
    }

    /** The logarithm's rounding is multiplied by the exponent. */
    @Test
    void powersAreWithinTheirLogarithmsRounding() {
        for (double exponent : new double[] {-2.7, 0.3, 1.75, 9.1}) {
            float[] x = grid(1e-3, 50);
            float[] y = map(e -> e.pow(exponent), x);
            for (int k = 0; k < x.length; k++) {
                double truth = Math.pow(x[k], (float) exponent);
                double allowed = 4 + 2 * Math.abs(exponent * Math.log(x[k]));
                assertThat(Math.abs(y[k] - truth)).isLessThan(allowed * Math.ulp((float) truth));
            }
        }
    }

    @Test
    void limitsAreKept() {
        float inf = Float.POSITIVE_INFINITY;
        float nan = Float.NaN;
        float[] x = {0, 1, -1, -2, inf, -inf, nan};
        assertThat(map(Expr::expm1, x)[4]).isEqualTo(inf);
        assertThat(map(Expr::expm1, x)[5]).isEqualTo(-1);
        assertThat(map(Expr::log1p, x)).startsWith(0, (float) Math.log(2), -inf, nan, inf, nan);
        assertThat(map(Expr::erf, x)).endsWith(1, -1, nan);
        assertThat(map(Expr::lgamma, x)).containsExactly(inf, 0, nan, nan, inf, nan, nan);
        assertThat(map(Expr::digamma, x)[0]).isEqualTo(-inf);
        assertThat(map(Expr::digamma, x)).endsWith(inf, nan, nan);
        assertThat(map(Expr::sigmoid, x)).endsWith(1, 0, nan);
        assertThat(map(Expr::softplus, x)).endsWith(inf, 0, nan);
        assertThat(map(e -> e.pow(0.3), x)).containsExactly(0, 1, nan, nan, inf, nan, nan);
        assertThat(map(e -> e.atan2(e), x))
                .containsExactly(0, q(1), q(-3), q(-3), q(1), q(-3), nan);
    }

    private static float q(int quarters) {
        return (float) (quarters * Math.PI / 4);
    }

    @Test
    void randomNumbersAreTheReferencesToTheBit() {
        var random = new SplittableRandom(3);
        var x = new float[4099];
        for (int k = 0; k < x.length; k++) {
            x[k] = (float) (random.nextInt(1 << 25) - (1 << 24)) / (1 << random.nextInt(24));
        }
        x[0] = 0x1p24f;
        x[1] = -0x1p24f;
        x[2] = 0x1.000002p24f;
        x[3] = Float.NaN;
        x[4] = 2.5f;
        x[5] = -3.5f;
        float[] y = map(e -> Expr.random(e, e.times(0.5), Expr.of(-7), e.negate()), x);
        double[] wide = map(e -> Expr.random(e, e.times(0.5), Expr.of(-7), e.negate()), x, F64);
        for (int k = 0; k < x.length; k++) {
            double wanted = Op.RANDOM.apply(x[k], x[k] * 0.5f, -7, -x[k]);
            assertThat(Double.compare(y[k], wanted)).as("of %s", x[k]).isZero();
            assertThat(Double.compare(wide[k], wanted)).as("of %s in F64", x[k]).isZero();
        }
    }

    /** Lane by lane they are the language's own, rounded once. */
    @Test
    void besselFunctionsAreTheReferences() {
        float[] x = grid(0.01, 80);
        for (double order : new double[] {0, 0.5, 3.25, 40}) {
            Expr nu = Expr.of(order);
            double[] k = map(e -> e.logBesselK(nu), x, F64);
            double[] i = map(e -> e.logBesselI(nu), x, F64);
            float[] single = map(e -> e.logBesselK(nu), x);
            for (int n = 0; n < x.length; n++) {
                assertThat(k[n]).isEqualTo(Op.LOG_BESSEL_K.apply(order, x[n]));
                assertThat(i[n]).isEqualTo(Op.LOG_BESSEL_I.apply(order, x[n]));
                assertThat(single[n]).isEqualTo((float) k[n]);
            }
        }
    }

    private static float[] grid(double low, double high) {
        var x = new float[COUNT];
        for (int k = 0; k < COUNT; k++) {
            x[k] = (float) (low + (high - low) * k / (COUNT - 1));
        }
        return x;
    }

    private static float[] map(UnaryOperator<Expr> f, float[] x) {
        double[] wide = map(f, x, F32);
        var y = new float[wide.length];
        for (int k = 0; k < y.length; k++) {
            y[k] = (float) wide[k];
        }
        return y;
    }

    private static double[] map(UnaryOperator<Expr> f, float[] x, Precision precision) {
        var k = Kernel.build("f").precision(precision);
        Kernel kernel = k.output("y", f.apply(k.input("x"))).done();
        var type = ElementType.of(precision);
        var resources = new Resources(Workers.SERIAL, Budget.unlimited(), CancelToken.NONE);
        try (Session session = new CpuBackend().open(resources)) {
            Buffer in = session.allocate(type, x.length, 1);
            Buffer out = session.allocate(type, x.length, 1);
            in.write(Array.of(1, x));
            session.run(Reduction.map(kernel), Args.rows(x.length).with("x", in), Map.of("y", out));
            var y = new double[x.length];
            out.read(Array.of(1, y));
            return y;
        }
    }
}
