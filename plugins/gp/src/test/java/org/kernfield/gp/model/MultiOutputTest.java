package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.TableTask;
import org.kernfield.gp.exact.Elimination;
import org.kernfield.gp.model.Runs.Fitted;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Several targets together, with labels that are missing. */
class MultiOutputTest {
    private static final double[] W = {0.9, -0.6};
    private static final double[] V = {0.2, 0.5};
    private static final double[] KAPPA = {0.3, 0.2};
    private static final double[] NOISE = {0.01, 0.04};
    private static final String NOISES =
            " + coregion(rank=0, kappa=[0.01, 0.04] fixed)*white(variance=1 fixed)";
    private static final String ONE_MATRIX =
            "coregion(weights=[0.9, -0.6] fixed, kappa=[0.3, 0.2] fixed)"
                    + "*rbf(lengthscale=0.8 fixed)"
                    + NOISES;
    private static final String TWO_MATRICES =
            ONE_MATRIX
                    + " + coregion(weights=[0.2, 0.5] fixed, kappa=[0.3, 0.2] fixed)"
                    + "*matern12(lengthscale=1.5 fixed)";

    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    /** Two targets that lie on one wave in opposite senses; cells are missing in both. */
    private static TableTask table(int n) {
        var random = new SplittableRandom(5);
        var x = new double[n];
        var y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble(-3, 3);
            double wave = Math.sin(2 * x[i]);
            y[2 * i] = i % 5 == 3 ? Double.NaN : 10 + 4 * wave + 0.1 * random.nextGaussian();
            y[2 * i + 1] = i % 3 == 1 ? Double.NaN : -3 - wave + 0.1 * random.nextGaussian();
        }
        return new TableTask(List.of("x"), List.of("a", "b"), x, y, null, null);
    }

    /** The covariance between labels in standard units, as written on paper. */
    private static double covariance(double r, int i, int j, boolean hasTwo) {
        double own = i == j ? KAPPA[i] : 0;
        double value = (W[i] * W[j] + own) * Math.exp(-r * r / (2 * 0.8 * 0.8));
        return hasTwo ? value + (V[i] * V[j] + own) * Math.exp(-Math.abs(r) / 1.5) : value;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithADenseComputation(boolean hasTwo) {
        TableTask task = table(14);
        Fitted fitted =
                runs.fit(
                        task,
                        "outputs",
                        hasTwo ? "lmc" : "icm",
                        "kernel",
                        hasTwo ? TWO_MATRICES : ONE_MATRIX);
        var units = Problem.of(task, fitted.settings()).units();
        double at = 0.4;
        int n = (int) Arrays.stream(task.y()).filter(v -> !Double.isNaN(v)).count();
        var matrix = new double[n][n];
        var right = new double[n][3];
        int[] cells =
                java.util.stream.IntStream.range(0, 28)
                        .filter(k -> !Double.isNaN(task.y()[k]))
                        .toArray();
        double scale = units.inputScale()[0];
        for (int a = 0; a < n; a++) {
            double xa = task.x()[cells[a] / 2];
            int ta = cells[a] % 2;
            for (int b = 0; b < n; b++) {
                double r = (xa - task.x()[cells[b] / 2]) / scale;
                matrix[a][b] = covariance(r, ta, cells[b] % 2, hasTwo) + (a == b ? NOISE[ta] : 0);
            }
            right[a][0] = (task.y()[cells[a]] - units.targetMean()[ta]) / units.targetScale()[ta];
            right[a][1] = covariance((xa - at) / scale, ta, 0, hasTwo);
            right[a][2] = covariance((xa - at) / scale, ta, 1, hasTwo);
        }
        var solved = new Elimination(matrix, right);
        double fit = 0;
        var mean = new double[2];
        var reduction = new double[2][2];
        for (int a = 0; a < n; a++) {
            double alpha = solved.solutions()[a][0];
            fit += alpha * right[a][0];
            for (int t = 0; t < 2; t++) {
                mean[t] += alpha * right[a][1 + t];
                for (int u = 0; u < 2; u++) {
                    reduction[t][u] += right[a][1 + t] * solved.solutions()[a][1 + u];
                }
            }
        }
        double logMarginal = -0.5 * (fit + solved.logDeterminant() + n * Math.log(2 * Math.PI));
        assertThat(fitted.metrics().get("logMarginal")).isCloseTo(logMarginal, within(1e-10));
        Prediction told =
                fitted.field().predict(Array.of(1, at), Wanted.COVARIANCE, false, runs.compute());
        for (int t = 0; t < 2; t++) {
            double unit = units.targetScale()[t];
            assertThat(told.mean().get(t))
                    .isCloseTo(units.targetMean()[t] + unit * mean[t], within(1e-10));
            for (int u = 0; u < 2; u++) {
                double both = covariance(0, t, u, hasTwo) - reduction[t][u];
                assertThat(told.covariance().get(2 * t + u))
                        .isCloseTo(
                                unit * units.targetScale()[u] * (both + (t == u ? NOISE[t] : 0)),
                                within(1e-10));
            }
        }
        Prediction alone =
                fitted.field().predict(Array.of(1, at), Wanted.VARIANCE, false, runs.compute());
        assertThat(alone.variance().get(1)).isCloseTo(told.covariance().get(3), within(1e-10));
    }

    /** One target has a label where the other has none, and both come from one function. */
    private static TableTask sparse() {
        var random = new SplittableRandom(8);
        int n = 80;
        var x = new double[n];
        var y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = 10.0 * i / n;
            double f = Math.sin(x[i]) + 0.5 * Math.sin(2.3 * x[i]);
            y[2 * i] = f + 0.05 * random.nextGaussian();
            boolean isKnown = i % 16 == 0;
            y[2 * i + 1] = isKnown ? 5 - 2 * f + 0.1 * random.nextGaussian() : Double.NaN;
        }
        return new TableTask(List.of("x"), List.of("dense", "sparse"), x, y, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"icm", "lmc"})
    void aSparseTargetLearnsFromTheOther(String outputs) {
        double alone = error(runs.fit(sparse()));
        Fitted together = runs.fit(sparse(), "outputs", outputs);
        assertThat(alone).isGreaterThan(0.5);
        assertThat(error(together)).isLessThan(0.3 * alone);
        assertThat(together.field().report().lines())
                .contains("75 cells without a label were left out of rows that have others");
    }

    /** Of the sparse target against the function, root mean square. */
    private double error(Fitted fitted) {
        double[] at = java.util.stream.IntStream.range(0, 60).mapToDouble(i -> 0.15 * i).toArray();
        Array mean =
                fitted.field().predict(Array.of(1, at), Wanted.MEAN, false, runs.compute()).mean();
        double squares = 0;
        for (int i = 0; i < at.length; i++) {
            double f = Math.sin(at[i]) + 0.5 * Math.sin(2.3 * at[i]);
            squares += Math.pow(mean.get(2L * i + 1) - (5 - 2 * f), 2);
        }
        return Math.sqrt(squares / at.length);
    }

    /** By hand: −0.54/√((0.81 + 0.3)(0.36 + 0.2)). */
    @Test
    void tellsHowTargetsCorrelate() {
        var report = runs.fit(table(12), "outputs", "icm", "kernel", ONE_MATRIX).field().report();
        assertThat(report.lines()).contains("functions behind targets correlate: a with b -0.68");
    }

    @Test
    void independentTargetsWithGapsAreWhatEachIsAlone() {
        String kernel = "1.3 fixed*rbf(lengthscale=0.5 fixed) + white(variance=0.02 fixed)";
        TableTask both = table(30);
        Fitted together = runs.fit(both, "kernel", kernel);
        Array at = Array.of(1, -1.1, 0.3, 2.2);
        Prediction told = together.field().predict(at, Wanted.VARIANCE, false, runs.compute());
        double sum = 0;
        for (int t = 0; t < 2; t++) {
            int target = t;
            double[] y =
                    java.util.stream.IntStream.range(0, 30)
                            .mapToDouble(i -> both.y()[2 * i + target])
                            .toArray();
            var alone = new TableTask(List.of("x"), List.of("y"), both.x(), y, null, null);
            Fitted one = runs.fit(alone, "kernel", kernel(kernel, both, alone));
            Prediction own = one.field().predict(at, Wanted.VARIANCE, false, runs.compute());
            for (int i = 0; i < 3; i++) {
                assertThat(told.mean().get(2L * i + t)).isCloseTo(own.mean().get(i), within(1e-9));
                assertThat(told.variance().get(2L * i + t))
                        .isCloseTo(own.variance().get(i), within(1e-9));
            }
            sum += one.metrics().get("logMarginal");
        }
        assertThat(together.metrics().get("logMarginal")).isCloseTo(sum, within(1e-8));
    }

    /** The same length scale in the table's units: a target with gaps has other rows, so units. */
    private String kernel(String kernel, TableTask both, TableTask alone) {
        var settings = runs.fit(both, "kernel", kernel).settings();
        double first = Problem.of(both, settings).units().inputScale()[0];
        double second = Problem.of(alone, settings).units().inputScale()[0];
        return kernel.replace("0.5", Double.toString(0.5 * first / second));
    }

    @Test
    void samplesVaryTogetherAsPredictionsSay() {
        var field = runs.fit(table(20), "outputs", "icm", "kernel", ONE_MATRIX).field();
        Array at = Array.of(1, -2.9, 2.95);
        Prediction told = field.predict(at, Wanted.COVARIANCE, true, runs.compute());
        int count = 6000;
        Array drawn = field.sample(at, count, 3, runs.compute());
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int s = 0; s < count; s++) {
                    double a = drawn.get(4L * s + i) - told.mean().get(i);
                    double b = drawn.get(4L * s + j) - told.mean().get(j);
                    sum += a * b / count;
                }
                double scale = Math.sqrt(told.variance().get(i) * told.variance().get(j));
                // five standard errors of a covariance of so many draws
                assertThat(sum)
                        .isCloseTo(
                                told.covariance().get(4L * i + j),
                                within(5 * Math.sqrt(2.0 / count) * scale));
            }
        }
    }

    @Test
    void theTableIsStillThereWithItsGaps() {
        TableTask given = table(12);
        TableTask kept = runs.fit(given, "outputs", "icm", "kernel", ONE_MATRIX).field().training();
        assertThat(kept.x()).containsExactly(given.x(), within(1e-12));
        for (int k = 0; k < given.y().length; k++) {
            if (Double.isNaN(given.y()[k])) {
                assertThat(kept.y()[k]).isNaN();
            } else {
                assertThat(kept.y()[k]).isCloseTo(given.y()[k], within(1e-12));
            }
        }
    }

    @Test
    void conjugateGradientsTellTheSame() {
        var exact = runs.fit(table(40), "outputs", "icm", "kernel", ONE_MATRIX);
        var iterated =
                runs.fit(
                        table(40),
                        "outputs",
                        "icm",
                        "kernel",
                        ONE_MATRIX,
                        "method",
                        "cg",
                        "tolerance",
                        "1e-8");
        Array at = Array.of(1, 0.4, -1.7);
        Prediction first = exact.field().predict(at, Wanted.VARIANCE, false, runs.compute());
        Prediction second = iterated.field().predict(at, Wanted.VARIANCE, false, runs.compute());
        for (int k = 0; k < 4; k++) {
            assertThat(second.mean().get(k)).isCloseTo(first.mean().get(k), within(1e-5));
            assertThat(second.variance().get(k)).isCloseTo(first.variance().get(k), within(1e-8));
        }
    }

    @Test
    void correlatedTargetsNeedSeveral() {
        var one =
                new TableTask(List.of("x"), List.of("y"), new double[2], new double[2], null, null);
        assertThatThrownBy(() -> runs.fit(one, "outputs", "icm"))
                .hasMessage(
                        "outputs = icm: the table has one target; name several with --y, or leave"
                                + " it out");
    }

    @Test
    void aTargetWithoutAnyLabelIsNamed() {
        var y = new double[] {1, Double.NaN, 2, Double.NaN};
        var task = new TableTask(List.of("x"), List.of("a", "b"), new double[2], y, null, null);
        assertThatThrownBy(() -> runs.fit(task))
                .hasMessage("table: no row has a label of b; give one, or leave this target out");
    }
}
