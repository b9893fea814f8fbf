package org.kernfield.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.RadialProfile;

import java.util.Map;
import java.util.SplittableRandom;

class CatalogueTest {
    private static final double[] X = {0.3, -0.5};
    private static final double[] Y = {-0.2, 0.7};

    /**
     * Computed with mpmath to 20 digits from other formulas: Matérn's through besselk, Wendland's
     * by integrating (1 − r)^l, networks by integrating E[φ(u) E[φ(v) | u]] over u.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "periodic(period=0.5, lengthscale=0.7)|0.024925312712071097",
                "periodic(period=[0.5, 2], lengthscale=[0.7, 3])|0.81791088712081355",
                "cosine(period=3)|0.10452846326765347",
                "cosine(period=[3, 2])|-0.9135454576426009",
                "spectral(components=2, weight=[0.5, 2], frequency=[0.3, 1, 0.1, 0.4],"
                        + " lengthscale=[2, 1, 0.5, 3])|-0.7888793375086282",
                "spectralt(components=2, weight=[0.5, 2], frequency=[0.3, 1, 0.1, 0.4],"
                        + " lengthscale=[2, 1, 0.5, 3])|-0.67808076355125219",
                "matern12(lengthscale=2)|0.52204577676101605",
                "matern32(lengthscale=2)|0.68958225819921908",
                "matern52(lengthscale=2)|0.73813503031357061",
                "matern72(lengthscale=2)|0.75976395575193962",
                "matern92(lengthscale=2)|0.7716271619438355",
                "matern(nu=2.5, lengthscale=2)|0.73813503031357061",
                "matern(nu=4.5, lengthscale=2)|0.7716271619438355",
                "rq(alpha=2, lengthscale=[1, 3])|0.82270247479188198",
                "wendland2(lengthscale=2)|0.0540225",
                "wendland4(lengthscale=2)|0.018068619205729167",
                "changepoint(rbf, 2*linear, location=0.2, steepness=3,"
                        + " dims=1)|-0.0033265603738697506",
                "polynomial(degree=3)|0.205379",
                "nngp(depth=1, activation=relu, weight=2, bias=0.1)|0.14258283920446601",
                "ntk(depth=1, activation=relu, weight=2, bias=0.1)|0.049706214517968062",
                "nngp(depth=3, activation=relu, weight=1.5, bias=0.2)|0.57092861372996487",
                "ntk(depth=3, activation=relu, weight=1.5, bias=0.2)|0.90632060810034637",
                "nngp(depth=4, activation=relu, weight=2, bias=0)|0.25690990358822194",
                "ntk(depth=4, activation=relu, weight=2, bias=0)|0.44400305007761625",
                "nngp(depth=1, activation=erf, weight=2, bias=0.1)|-0.28899681743968178",
                "ntk(depth=1, activation=erf, weight=2, bias=0.1)|-0.69056636510626487",
                "nngp(depth=3, activation=erf, weight=3, bias=0.5)|1.0499973481558824",
                "ntk(depth=3, activation=erf, weight=3, bias=0.5)|1.7470265522802428",
                "arccosine(order=0, depth=1, offset=0.25)|0.42421067615070515",
                "arccosine(order=0, depth=3, offset=0.25)|0.72083722427184066",
                "arccosine(order=1, depth=1, offset=0.25)|0.14196953428740446",
                "arccosine(order=1, depth=3, offset=0.25)|0.38205238383442967",
                "arccosine(order=2, depth=1, offset=0.25)|0.11621658339714232",
                "arccosine(order=2, depth=3, offset=0.25)|26.305906040405282"
            })
    void valuesAreThoseOfOtherFormulas(String text, double expected) {
        var bound = Covariance.parse(text).bind(2);
        assertThat(Pairs.signal(bound, X, Y))
                .isCloseTo(expected, within(1e-14 * Math.max(1, Math.abs(expected))));
    }

    /** log k = −r²/2 + O(1/ν), here with s = r² = 1.69. */
    @Test
    void maternBecomesGaussianAsNuGrows() {
        double limit = Math.exp(-1.69 / 2);
        double before = 0.1;
        for (double nu : new double[] {10, 100, 1000, 10_000}) {
            var bound = Covariance.parse("matern(nu=" + nu + ")").bind(2);
            double off = Math.abs(Pairs.signal(bound, X, Y) - limit);
            assertThat(off).isLessThan(before / 5).isGreaterThan(0);
            before = off;
        }
    }

    /** In 6 dimensions, from mpmath's integrals of (1 − u)^l, at r = 0.4. */
    @Test
    void wendlandsDegreeFollowsTheNumberOfColumns() {
        double[] x = {0.4, 0, 0, 0, 0, 0};
        double[] y = new double[6];
        var c2 = Covariance.parse("wendland2").bind(6);
        var c4 = Covariance.parse("wendland4").bind(6);
        assertThat(Pairs.signal(c2, x, y)).isCloseTo(0.1586304, within(1e-15));
        assertThat(Pairs.signal(c4, x, y)).isCloseTo(0.1269789696, within(1e-15));
    }

    static String[] texts() {
        return new String[] {
            "rbf(lengthscale=[0.5, 2, 1])",
            "matern12",
            "matern32(ard)",
            "matern52",
            "matern72",
            "matern92",
            "rq(alpha=0.7)",
            "matern(nu=1.3 free)",
            "matern(ard, nu=0.4)",
            "periodic(period=[0.7, 2, 1.3], lengthscale=0.8)",
            "cosine(period=1.7)",
            "linear(offset=0.3, lengthscale=[1, 2, 3])",
            "polynomial(degree=3, offset=0.5)",
            "constant(value=2.5)",
            "spectral(components=3, frequency=0.7)",
            "spectralt(components=2)",
            "wendland2(lengthscale=2.5)",
            "wendland4(lengthscale=3)",
            "changepoint(matern32, linear(offset=0.2), location=0.1, dims=1)",
            "nngp(depth=2, bias=0.3)",
            "nngp(depth=2, activation=erf, lengthscale=[1, 2, 0.5])",
            "ntk(depth=3, bias=0.2)",
            "ntk(depth=2, activation=erf)",
            "arccosine(order=0)",
            "arccosine(depth=2)",
            "arccosine(order=2, offset=0.4)",
            "2*rbf*linear(offset=0.3) + (0.5 + matern52(dims=[0, 2]))^3",
            "formula(exp(-sqdist(x, y)/(2*l^2)); l=0.7)"
        };
    }

    private static final int ROWS = 24;
    private static final int COLUMNS = 3;

    private static double[][] rows(long seed) {
        var random = new SplittableRandom(seed);
        var rows = new double[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = random.doubles(COLUMNS, -1.5, 1.5).toArray();
        }
        // near and equal rows too
        rows[1] = rows[0].clone();
        rows[2] = rows[0].clone();
        rows[2][1] += 1e-9;
        return rows;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void gramMatricesArePositiveSemiDefinite(String text) {
        var bound = Covariance.parse(text).bind(COLUMNS);
        double[][] rows = rows(5);
        var gram = new double[ROWS][ROWS];
        double largest = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                gram[i][j] = Pairs.signal(bound, rows[i], rows[j]);
            }
            largest = Math.max(largest, gram[i][i]);
            assertThat(gram[i][i])
                    .isCloseTo(Pairs.diagonal(bound, rows[i]), within(1e-13 * (1 + gram[i][i])));
        }
        assertThat(smallestPivot(gram)).isGreaterThan(-1e-12 * ROWS * largest);
    }

    /** Of a Cholesky factorisation with pivots, which breaks off where the rest is rounding. */
    private static double smallestPivot(double[][] a) {
        int n = a.length;
        double scale = 0;
        for (int i = 0; i < n; i++) {
            scale = Math.max(scale, a[i][i]);
        }
        double least = Double.POSITIVE_INFINITY;
        var done = new boolean[n];
        for (int step = 0; step < n; step++) {
            int p = -1;
            for (int i = 0; i < n; i++) {
                if (!done[i]) {
                    least = Math.min(least, a[i][i]);
                    p = p < 0 || a[i][i] > a[p][p] ? i : p;
                }
            }
            if (a[p][p] < 1e-11 * scale) {
                return least;
            }
            done[p] = true;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n && !done[i]; j++) {
                    if (!done[j]) {
                        a[i][j] -= a[i][p] * a[p][j] / a[p][p];
                    }
                }
            }
        }
        return least;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void gradientsByHyperparametersAreDifferences(String text) {
        var bound = Covariance.parse(text).bind(COLUMNS);
        double[][] rows = rows(7);
        for (int j : new int[] {0, 1, 2, 3, 4}) {
            double[] x = rows[0];
            double[] y = rows[j];
            double[] at = bound.coordinates().values();
            double[] gradient = bound.coordinates().gradient(Pairs.gradient(bound, x, y));
            double h = 1e-5;
            for (int k = 0; k < at.length; k++) {
                double[] up = at.clone();
                double[] down = at.clone();
                up[k] += h;
                down[k] -= h;
                double slope =
                        (Pairs.signal(bound.coordinates().at(up), x, y)
                                        - Pairs.signal(bound.coordinates().at(down), x, y))
                                / (2 * h);
                assertThat(gradient[k])
                        .as("%s of row %d", bound.coordinates().names().get(k), j)
                        .isCloseTo(slope, within(2e-8 * (1 + Math.abs(slope))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void gradientsByInputsAreDifferences(String text) {
        var bound = Covariance.parse(text).bind(COLUMNS);
        double[][] rows = rows(9);
        double[] gradient = Pairs.evaluate(bound, bound.signal().jacobian("x"), rows[3], rows[4]);
        double h = 1e-5;
        for (int k = 0; k < COLUMNS; k++) {
            double[] up = rows[3].clone();
            double[] down = rows[3].clone();
            up[k] += h;
            down[k] -= h;
            double slope =
                    (Pairs.signal(bound, up, rows[4]) - Pairs.signal(bound, down, rows[4]))
                            / (2 * h);
            assertThat(gradient[k]).isCloseTo(slope, within(1e-8 * (1 + Math.abs(slope))));
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theTextOfABoundFunctionReadsBack(String text) {
        var bound = Covariance.parse(text).bind(COLUMNS);
        var again = Covariance.parse(bound.covariance().text()).bind(COLUMNS);
        assertThat(again.hyperparameters()).isEqualTo(bound.hyperparameters());
        assertThat(again.signal().fingerprint()).isEqualTo(bound.signal().fingerprint());
        assertThat(again).hasToString(bound.toString());
    }

    /** J₁ is flat at θ = 0: rows 1e-7 apart differ by θ²/2, and the tangent kernel by θ. */
    @Test
    void networksOfNearRowsLoseNoDigits() {
        double apart = 1e-7;
        double[] x = {1, 0};
        double[] y = {Math.cos(apart), Math.sin(apart)};
        var tangent = Covariance.parse("ntk(weight=2, bias=0)").bind(2);
        // x·y = cos θ: Θ = cos θ + … with E[φφ] = (sin θ + (π − θ) cos θ)/2π, half-angle forms
        double cosine = Math.cos(apart);
        double k1 = (Math.sin(apart) + (Math.PI - apart) * cosine) / Math.PI;
        double expected = k1 + cosine * (Math.PI - apart) / Math.PI;
        assertThat(Pairs.signal(tangent, x, y)).isCloseTo(expected, within(1e-15));
        double missing = Pairs.diagonal(tangent, x) - Pairs.signal(tangent, x, y);
        assertThat(missing).isCloseTo(apart / Math.PI, within(1e-14));
    }

    @Test
    void aUsersKernelIsOneLikeAnyOther() {
        var k = Kernel.build("mine").precision(Precision.F64);
        var x = k.input("x", 2);
        var y = k.param("y", 2);
        Expr rate = k.uniform("rate");
        k.output("value", x.sqdist(y).times(rate).radial(new RadialProfile.Gaussian()));
        Covariance mine = Covariance.of(k.done(), Map.of("rate", new double[] {4}));
        var bound = mine.scaled(2).plus(Covariance.white()).bind(2);
        assertThat(Pairs.signal(bound, X, Y)).isCloseTo(2 * Math.exp(-2 * 1.69), within(1e-15));
        assertThat(bound.hyperparameters())
                .extracting(Hyperparameter::name)
                .containsExactly("scale", "formula_rate", "white_variance");
        assertThat(Covariance.parse(mine.text())).isEqualTo(mine);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "formula(sqdist(x, y)/l)|'l' is not known here",
                "formula(sqdist(x, z); l=2)|'z' is not known here",
                "formula('[x[0], y[0]]')|2 numbers; a covariance has one",
                "changepoint(rbf, linear)|changepoint: 2 columns to change along"
            })
    void formulasThatAreNoCovarianceAreRefused(String text, String message) {
        String formula = text.replace("'[", "[").replace("]')", "])");
        assertThatThrownBy(() -> Covariance.parse(formula).bind(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
