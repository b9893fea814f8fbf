package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.TableTask;
import org.kernfield.gp.exact.Elimination;
import org.kernfield.gp.exact.StudentT;
import org.kernfield.gp.model.Runs.Fitted;

import java.util.List;
import java.util.SplittableRandom;

/** Student-t processes against the formulas of their densities. */
class StudentProcessTest {
    private static final String KERNEL =
            "0.7 fixed*rbf(lengthscale=0.6 fixed) + white(variance=0.05 fixed)";

    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    private static TableTask table(int n) {
        var random = new SplittableRandom(21);
        double[] x = random.doubles(n, -2, 2).toArray();
        var y = new double[n];
        java.util.Arrays.setAll(y, i -> 3 + 2 * Math.sin(3 * x[i]) + 0.3 * random.nextGaussian());
        return new TableTask(List.of("x"), List.of("y"), x, y, null, null);
    }

    /** The covariance of the first rows of a table, a place between them last. */
    private static double[][] covariance(TableTask task, Standardisation units, double at) {
        int n = task.rows();
        var k = new double[n + 1][n + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                double a = i < n ? task.x()[i] : at;
                double b = j < n ? task.x()[j] : at;
                double r = (a - b) / units.inputScale()[0];
                k[i][j] = 0.7 * Math.exp(-r * r / (2 * 0.6 * 0.6)) + (i == j ? 0.05 : 0);
            }
        }
        return k;
    }

    /**
     * The log density of a multivariate t of covariance K, by its scale matrix Σ = K(ν − 2)/ν, for
     * an even number of rows, where the gamma functions are a product.
     */
    private static double logDensity(double[][] k, double[] y, double nu) {
        int n = y.length;
        var sigma = new double[n][n];
        var right = new double[n][1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sigma[i][j] = k[i][j] * (nu - 2) / nu;
            }
            right[i][0] = y[i];
        }
        var solved = new Elimination(sigma, right);
        double square = 0;
        for (int i = 0; i < n; i++) {
            square += y[i] * solved.solutions()[i][0];
        }
        double value = -0.5 * n * Math.log(nu * Math.PI) - 0.5 * solved.logDeterminant();
        for (int i = 0; i < n / 2; i++) {
            value += Math.log(nu / 2 + i);
        }
        return value - 0.5 * (nu + n) * Math.log1p(square / nu);
    }

    @Test
    void marginalLikelihoodIsTheDensityOfAMultivariateT() {
        TableTask task = table(12);
        Fitted fitted = runs.fit(task, "kernel", KERNEL, "process", "student-t", "degrees", "4.5");
        var units = Problem.of(task, fitted.settings()).units();
        double[] y = units.targets(task.y());
        double expected = logDensity(covariance(task, units, 0), y, 4.5);
        assertThat(fitted.metrics().get("logMarginal")).isCloseTo(expected, within(1e-10));
    }

    private static double[][] square(double[][] k, int n) {
        var part = new double[n][];
        java.util.Arrays.setAll(part, i -> java.util.Arrays.copyOf(k[i], n));
        return part;
    }

    /** The conditional density at a place is the quotient of two joint ones. */
    @Test
    void variancesAreThoseOfTheConditionalDistribution() {
        TableTask task = table(12);
        double nu = 3.5;
        Fitted fitted = runs.fit(task, "kernel", KERNEL, "process", "student-t", "degrees", "3.5");
        var units = Problem.of(task, fitted.settings()).units();
        double[] y = units.targets(task.y());
        double[][] k = covariance(task, units, 0.1);
        int n = y.length;
        var right = new double[n][2];
        for (int i = 0; i < n; i++) {
            right[i] = new double[] {y[i], k[i][n]};
        }
        var solved = new Elimination(square(k, n), right);
        double mean = 0;
        double variance = 0.75;
        double beta = 0;
        for (int i = 0; i < n; i++) {
            mean += right[i][1] * solved.solutions()[i][0];
            variance -= right[i][1] * solved.solutions()[i][1];
            beta += right[i][0] * solved.solutions()[i][0];
        }
        variance *= (nu + beta - 2) / (nu + n - 2);
        double unit = units.targetScale()[0];
        Prediction told =
                fitted.field().predict(Array.of(1, 0.1), Wanted.COVARIANCE, false, runs.compute());
        assertThat(told.mean().get(0))
                .isCloseTo(units.targetMean()[0] + unit * mean, within(1e-10));
        assertThat(told.variance().get(0)).isCloseTo(unit * unit * variance, within(1e-10));
        assertThat(told.covariance().get(0)).isCloseTo(unit * unit * variance, within(1e-10));
    }

    @Test
    void wildTargetsWidenTheErrorBars() {
        String narrow = KERNEL.replace("0.7 fixed", "0.01 fixed").replace("0.05", "0.001");
        Array at = Array.of(1, 0.1);
        double gaussian = variance(runs.fit(table(12), "kernel", narrow), at);
        double student =
                variance(
                        runs.fit(
                                table(12),
                                "kernel",
                                narrow,
                                "process",
                                "student-t",
                                "degrees",
                                "3"),
                        at);
        assertThat(student).isGreaterThan(5 * gaussian);
    }

    private double variance(Fitted fitted, Array at) {
        return fitted.field().predict(at, Wanted.VARIANCE, false, runs.compute()).variance().get(0);
    }

    @Test
    void manyDegreesAreAGaussianProcess() {
        Fitted gaussian = runs.fit(table(20), "kernel", KERNEL);
        Fitted student =
                runs.fit(table(20), "kernel", KERNEL, "process", "student-t", "degrees", "1e6");
        Array at = Array.of(1, 0.1);
        assertThat(student.metrics().get("logMarginal"))
                .isCloseTo(gaussian.metrics().get("logMarginal"), within(1e-3));
        assertThat(variance(student, at)).isCloseTo(variance(gaussian, at), withinPercentage(0.01));
    }

    /** A free scale takes up the only factor that one target shows. */
    @Test
    void saysWhereDegreesCannotBeTold() {
        Fitted fitted = runs.fit(table(20), "kernel", "1.0*rbf + white", "process", "student-t");
        assertThat(fitted.field().report().figures().get("degrees")).isGreaterThan(9e5);
        assertThat(fitted.field().report().lines())
                .anyMatch(line -> line.contains("set degrees, for example 5"));
    }

    /** A process of unknown scale: the density is the mean of Gaussian ones over the factor. */
    @Test
    void isAMixtureOfGaussianProcesses() {
        double nu = 5;
        int n = 6;
        double square = 17;
        double sum = 0;
        double step = 1e-4;
        for (double u = -12; u < 12; u += step) {
            double s = Math.exp(u);
            // inverse gamma of shape 5/2 and scale 3/2; Γ(5/2) = ¾√π
            double prior =
                    Math.pow(1.5, 2.5)
                            / (0.75 * Math.sqrt(Math.PI))
                            * Math.pow(s, -3.5)
                            * Math.exp(-1.5 / s);
            sum += step * s * prior * Math.pow(s, -0.5 * n) * Math.exp(-0.5 * square / s);
        }
        double expected = Math.log(sum) + 0.5 * square;
        assertThat(StudentT.gain(nu, n, square)).isCloseTo(expected, within(1e-9));
    }

    /** Targets of one shape and very different sizes share a kernel: the tails tell. */
    @Test
    void degreesAreTheMostLikely() {
        int n = 40;
        double[] squares = {0.1 * n, 9.0 * n, 0.3 * n, 2.0 * n};
        double fitted = StudentT.of(null).degrees(n, squares);
        assertThat(fitted).isBetween(2.1, 20.0);
        double best = StudentT.gain(fitted, n, squares);
        assertThat(StudentT.gain(fitted * 1.02, n, squares)).isLessThan(best);
        assertThat(StudentT.gain(fitted * 0.98, n, squares)).isLessThan(best);
        double asExpected = StudentT.of(null).degrees(n, new double[] {n});
        assertThat(asExpected).isCloseTo(StudentT.MOST, withinPercentage(1));
    }

    @Test
    void rowsAreToldFromTheOthersAsFitsWithoutThemTell() {
        TableTask task = table(8);
        String[] settings = {
            "kernel", KERNEL, "process", "student-t", "degrees", "4", "mean", "zero"
        };
        Fitted all = runs.fit(task, settings);
        var given = new ScaledTable(task, Problem.of(task, all.settings()).units());
        double logs = 0;
        for (int held = 0; held < 8; held++) {
            double[] spread = given.without(held);
            logs += 0.5 * Math.log(2 * Math.PI * spread[1]) + spread[0] * spread[0] / 2 / spread[1];
        }
        assertThat(all.field().report().figures().get("looNlpd"))
                .isCloseTo(logs / 8, within(1e-10));
    }

    /** Rows in standard units, with one left out at a time. */
    private record ScaledTable(TableTask task, Standardisation units) {
        /** Error and variance of a row told from the others, with ν = 4. */
        double[] without(int held) {
            double[] y = units.targets(task.y());
            double[][] k = covariance(task, units, 0);
            int n = y.length - 1;
            var matrix = new double[n][n];
            var right = new double[n][2];
            for (int i = 0; i < n; i++) {
                int a = i < held ? i : i + 1;
                right[i] = new double[] {y[a], k[a][held]};
                for (int j = 0; j < n; j++) {
                    matrix[i][j] = k[a][j < held ? j : j + 1];
                }
            }
            var solved = new Elimination(matrix, right);
            double error = y[held];
            double variance = k[held][held];
            double beta = 0;
            for (int i = 0; i < n; i++) {
                error -= right[i][1] * solved.solutions()[i][0];
                variance -= right[i][1] * solved.solutions()[i][1];
                beta += right[i][0] * solved.solutions()[i][0];
            }
            return new double[] {error, variance * (4 + beta - 2) / (4 + n - 2)};
        }
    }

    @Test
    void samplesHaveHeavyTails() {
        var one =
                new TableTask(List.of("x"), List.of("y"), new double[1], new double[1], null, null);
        var field =
                runs.fit(
                                one,
                                "kernel",
                                "1.0 fixed*rbf(lengthscale=1 fixed) + white(variance=0.1 fixed)",
                                "process",
                                "student-t",
                                "degrees",
                                "9")
                        .field();
        Array far = Array.of(1, 50.0);
        double variance =
                field.predict(far, Wanted.VARIANCE, true, runs.compute()).variance().get(0);
        int count = 40_000;
        Array drawn = field.sample(far, count, 1, runs.compute());
        double squares = 0;
        double fourths = 0;
        for (int s = 0; s < count; s++) {
            double v = drawn.get(s);
            squares += v * v / count;
            fourths += v * v * v * v / count;
        }
        assertThat(squares).isCloseTo(variance, withinPercentage(4));
        // of 10 degrees of freedom: 3(ν − 2)/(ν − 4)
        assertThat(fourths / (squares * squares)).isCloseTo(4, within(0.5));
    }

    /** A scale mixture of networks of infinite width. */
    @Test
    void networksOfInfiniteWidthMix() {
        Fitted fitted =
                runs.fit(
                        table(30),
                        "kernel",
                        "nngp(depth=3) + white",
                        "process",
                        "student-t",
                        "degrees",
                        "5");
        assertThat(fitted.metrics().get("rmse")).isLessThan(0.6);
        double degrees = fitted.field().report().figures().get("degrees");
        assertThat(degrees).isEqualTo(5);
        var told = fitted.field().predict(Array.of(1, 0.3), Wanted.VARIANCE, false, runs.compute());
        assertThat(told.mean().get(0)).isCloseTo(3 + 2 * Math.sin(0.9), within(0.8));
    }

    @Test
    void conjugateGradientsTellTheSame() {
        String[] settings = {"kernel", KERNEL, "process", "student-t", "degrees", "4"};
        Fitted exact = runs.fit(table(40), settings);
        var more = java.util.Arrays.copyOf(settings, 10);
        System.arraycopy(new String[] {"method", "cg", "tolerance", "1e-9"}, 0, more, 6, 4);
        Fitted iterated = runs.fit(table(40), more);
        Array at = Array.of(1, 0.1);
        assertThat(variance(iterated, at)).isCloseTo(variance(exact, at), withinPercentage(1e-4));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> runs.fit(table(5), "degrees", "4"))
                .hasMessage(
                        "degrees = 4.0: a Gaussian process has none; add --set process=student-t");
        assertThatThrownBy(() -> runs.fit(table(5), "process", "student-t", "objective", "loo"))
                .hasMessage("objective = loo: not for a Student-t process; leave it out");
    }
}
