package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Posterior;
import org.kernfield.gp.iterative.MatrixFreeSolve;
import org.kernfield.gp.iterative.Polish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Steps by the estimated gradient on 2,000 rows, against the whole matrix. */
class PolishTest {
    private static final int N = 2000;

    private final Runs runs = new Runs(Runs.cpu());
    private final Observations data = data();

    @AfterEach
    void close() {
        runs.close();
    }

    /** Rough along the first column, smooth along the second, noise of the variance 0.01. */
    private static Observations data() {
        var random = new SplittableRandom(12);
        double[] x = random.doubles(2 * N, -2, 2).toArray();
        var y = new double[N];
        for (int i = 0; i < N; i++) {
            y[i] = Math.sin(3 * x[2 * i]) * Math.cos(x[2 * i + 1]) + 0.1 * random.nextGaussian();
        }
        return new Observations(x, 2, y, 1, null);
    }

    private static BoundCovariance kernel(String lengths, double noise) {
        return Covariance.parse(
                        "1.0*rbf(lengthscale=%s) + white(variance=%s)".formatted(lengths, noise))
                .bind(2);
    }

    private static MatrixFreeSolve.Setup setup(int probes, long seed) {
        int[] sample = IntStream.range(0, N).filter(i -> i % 4 == 0).toArray();
        return new MatrixFreeSolve.Setup(1e-4, 0, probes, 200, sample, seed);
    }

    private double exact(BoundCovariance k) {
        return Posterior.of(k, data, 0, runs.compute()).logMarginal();
    }

    private Polish polished(BoundCovariance k, int steps) {
        var polish = new Polish(k, data, setup(16, 1), steps);
        while (!polish.isDone()) {
            polish.step(runs.compute());
        }
        return polish;
    }

    @Test
    void stepsLeadUpwards() {
        BoundCovariance start = kernel("[1.2, 1.0]", 0.03);

        Polish polish = polished(start, 4);

        double gained = exact(polish.best()) - exact(start);
        assertThat(polish.taken()).isEqualTo(4);
        assertThat(gained).isGreaterThan(10);
        // the error of a determinant's estimate is nearly the same at both
        assertThat(polish.gain()).isCloseTo(gained, within(0.1 * gained));
    }

    /** The mean over seeds is within four of its standard errors of differences of exact values. */
    @Test
    void theGradientIsThatOfTheWholeMatrixWithinItsError() {
        BoundCovariance k = kernel("[0.8, 1.1]", 0.02);
        int seeds = 4;
        int size = k.coordinates().size();
        var sum = new double[size];
        var squares = new double[size];
        for (int seed = 0; seed < seeds; seed++) {
            var solve = new MatrixFreeSolve(k, data, setup(16, seed));
            while (!solve.isDone()) {
                solve.step(runs.compute());
            }
            double[] gradient = k.coordinates().gradient(solve.gradient(runs.compute()));
            for (int i = 0; i < size; i++) {
                sum[i] += gradient[i];
                squares[i] += gradient[i] * gradient[i];
            }
        }
        for (int i = 0; i < size; i++) {
            double mean = sum[i] / seeds;
            double error = Math.sqrt((squares[i] / seeds - mean * mean) / (seeds - 1));
            double[] at = k.coordinates().values();
            at[i] += 1e-3;
            double up = exact(k.coordinates().at(at));
            at[i] -= 2e-3;
            double down = exact(k.coordinates().at(at));
            double expected = (up - down) / 2e-3;
            assertThat(mean)
                    .as(k.coordinates().names().get(i))
                    .isCloseTo(expected, within(4 * error + 1e-3 * Math.abs(expected)));
            assertThat(error).isLessThan(5);
        }
    }

    private TableTask task() {
        Observations some = data.rows(IntStream.range(0, 300).toArray());
        return new TableTask(List.of("u", "v"), List.of("y"), some.x(), some.y(), null, null);
    }

    /** The search has seen all rows, so that there is nothing to gain. */
    @Test
    void theBestStaysTheBest() {
        String[] search = {"method", "cg", "restarts", "0", "kernel", "rbf + white"};
        String[] polished = {
            "method", "cg", "restarts", "0", "kernel", "rbf + white", "polish", "2"
        };

        var before = runs.fit(task(), search);
        var after = runs.fit(task(), polished);

        var problem = Problem.of(task(), before.settings());
        double known = logMarginal(problem, before);
        assertThat(logMarginal(problem, after)).isGreaterThan(known - 0.5);
        assertThat(after.field().report().figures())
                .containsEntry("polishSteps", 2.0)
                .hasEntrySatisfying("polishGain", gain -> assertThat(gain).isBetween(0.0, 1.0));
        assertThat(after.field().report().lines())
                .anyMatch(line -> line.startsWith("2 steps by all rows raised"));
    }

    private double logMarginal(Problem problem, Runs.Fitted fitted) {
        var k = Covariance.parse(fitted.model().metadata().get("kernel")).bind(2);
        return Posterior.of(k, problem.data(), 0, runs.compute()).logMarginal();
    }

    private MatrixFreeConclusion conclusion(String... settings) {
        var given = new LinkedHashMap<String, String>();
        for (int k = 0; k < settings.length; k += 2) {
            given.put(settings[k], settings[k + 1]);
        }
        var known = Settings.of(GpSettings.ALL, given);
        return new MatrixFreeConclusion(Problem.of(task(), known), known, false, 3);
    }

    @Test
    void theModelIsOfTheKernelThatPolishingChose() {
        BoundCovariance start = kernel("[1.2, 1.0]", 0.03);
        var conclusion = conclusion("method", "cg", "tolerance", "1e-8");
        assertThat(conclusion.chosen(start)).isSameAs(start);
        double progress = 0;
        while (!conclusion.isDone()) {
            conclusion.step(start, runs.compute());
            assertThat(conclusion.progress()).isBetween(progress, 1.0);
            progress = conclusion.progress();
        }

        BoundCovariance chosen = conclusion.chosen(start);

        assertThat(chosen.toString()).isNotEqualTo(start.toString());
        var problem = Problem.of(task(), Settings.of(GpSettings.ALL, Map.of()));
        var result = conclusion.finish(chosen, new Health(problem), runs.compute());
        assertThat(result.model().metadata()).containsEntry("kernel", chosen.toString());
    }

    @Test
    void tellsWhyItEndedEarly() {
        String[] settings = {
            "method",
            "cg",
            "restarts",
            "0",
            "polish",
            "2",
            "tolerance",
            "1e-12",
            "kernel",
            "1e3 fixed*rbf(lengthscale=3 in [2.9, 3.1]) + white(variance=1e-9 fixed)"
        };

        var report = runs.fit(task(), settings).field().report();

        assertThat(report.lines())
                .anyMatch(line -> line.startsWith("polishing ended after 0 of 2 steps: conjugate"))
                .noneMatch(line -> line.contains("raised the log marginal"));
    }

    @Test
    void nothingFreeIsNothingToPolish() {
        String fixed = "rbf(lengthscale=1 fixed) + white(variance=0.1 fixed)";

        var report =
                runs.fit(task(), "method", "cg", "polish", "1", "kernel", fixed).field().report();

        assertThat(report.lines())
                .contains("polishing ended after 0 of 1 step: no hyper-parameter is free");
    }

    /** Buffers that were taken on the way to a refusal are given back. */
    @Test
    void refusalsKeepNoMemory() {
        leaveAfterRefusal(); // the backend keeps what it needs again
        long before = runs.compute().memoryLeft();

        leaveAfterRefusal();

        assertThat(runs.compute().memoryLeft()).isEqualTo(before);
    }

    /** Once asked for at the beginning, and once gone to its end. */
    private void leaveAfterRefusal() {
        String kernel = "1e3 fixed*rbf(lengthscale=3 fixed) + white(variance=1e-9 fixed)";
        BoundCovariance hard = Covariance.parse(kernel).bind(2);
        var problem = Problem.of(task(), Settings.of(GpSettings.ALL, Map.of()));
        var unfinished = conclusion("method", "cg", "tolerance", "1e-12");
        unfinished.finish(hard, new Health(problem), runs.compute());
        var conclusion = conclusion("method", "cg", "tolerance", "1e-12");
        while (!conclusion.isDone()) {
            conclusion.step(hard, runs.compute());
        }
    }

    @Test
    void isToldToMeanNothingWhereAutoLooksAtAllRows() {
        var lines = runs.fit(task(), "polish", "3", "restarts", "0").field().report().lines();

        assertThat(lines)
                .contains(
                        "polish = 3 was left out: up to 8,000 rows the search looks at all of"
                                + " them");
    }

    @Test
    void isRefusedWhereItMeansNothing() {
        assertThatThrownBy(
                        () -> runs.fit(task(), "method", "cg", "polish", "1", "objective", "loo"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("polish = 1: ");
        assertThatThrownBy(() -> runs.fit(task(), "method", "exact", "polish", "1"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("polish = 1: ");
    }
}
