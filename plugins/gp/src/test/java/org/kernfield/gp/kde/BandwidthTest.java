package org.kernfield.gp.kde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Report;
import org.kernfield.field.TableTask;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.testkit.BackendCompute;

import java.util.Arrays;
import java.util.List;

class BandwidthTest {
    /** By two loops, from the definition. */
    private static double logDensityOfOthers(double[] points, double[] h) {
        int d = h.length;
        int n = points.length / d;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double density = 0;
            for (int j = 0; j < n; j++) {
                double term = 1.0 / (n - 1);
                for (int k = 0; k < d; k++) {
                    double u = (points[i * d + k] - points[j * d + k]) / h[k];
                    term *= Math.exp(-0.5 * u * u) / (h[k] * Math.sqrt(2 * Math.PI));
                }
                density += i == j ? 0 : term;
            }
            sum += Math.log(density) / n;
        }
        return sum;
    }

    @Test
    void likelihoodLeavesEachRowOut() {
        double[] points = Mixtures.points(60, 2, 3);
        // a row that is there twice counts for itself, as another
        points[2] = points[0];
        points[3] = points[1];
        double[] h = {0.4, 0.9};
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            var loo = LeaveOneOut.of(points, h, compute);
            assertThat(loo.value()).isCloseTo(logDensityOfOthers(points, h), within(1e-12));
            for (int k = 0; k < 2; k++) {
                double[] up = h.clone();
                double[] down = h.clone();
                up[k] *= Math.exp(1e-5);
                down[k] *= Math.exp(-1e-5);
                double slope =
                        (logDensityOfOthers(points, up) - logDensityOfOthers(points, down)) / 2e-5;
                assertThat(loo.gradient()[k]).isCloseTo(slope, within(1e-8));
            }
        }
    }

    @Test
    void searchedBandwidthIsTheBestOfAGrid() {
        var data = Columns.of(Mixtures.table(90, 1, 8));
        var fit = new KdeFit(data, KdeRepresentation.LIKELIHOOD);
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            while (!fit.isDone()) {
                fit.step(compute);
            }
            double found = fit.metrics().get("logDensity");
            double best = Double.NEGATIVE_INFINITY;
            for (double a = 0.05; a < 1.5; a *= 1.15) {
                for (double b = 0.05; b < 1.5; b *= 1.15) {
                    double[] h = {a, b};
                    best = Math.max(best, logDensityOfOthers(data.points(), h));
                }
            }
            assertThat(found).isBetween(best, best + 0.01);
        }
    }

    /** Ninety rows of ten values: the likelihood of a bandwidth of 0 would be infinite. */
    @Test
    void aSearchAmongRepeatedRowsSaysThatItFoundNothing() {
        var x = new double[90];
        var y = new double[90];
        Arrays.setAll(x, i -> i % 10);
        Arrays.setAll(y, i -> i % 5);
        assertThat(reported(x, y).getFirst()).startsWith("a bandwidth ran to the end of its range");
        Arrays.setAll(x, i -> Math.sqrt(i));
        Arrays.setAll(y, i -> Math.cos(i));
        assertThat(reported(x, y)).noneMatch(line -> line.contains("end of its range"));
    }

    private static List<String> reported(double[] x, double[] y) {
        var task = new TableTask(List.of("x"), List.of("y"), x, y, null, null);
        var fit = new KdeFit(Columns.of(task), KdeRepresentation.LIKELIHOOD);
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            while (!fit.isDone()) {
                fit.step(compute);
            }
            return Report.of(fit.finish(compute).metadata()).lines();
        }
    }

    /** The value comes from the formulas of Wand and Jones in Python, by two loops. */
    @Test
    void plugInIsTheOneOfTheFormulas() {
        var column = new double[40];
        for (int i = 0; i < column.length; i++) {
            column[i] = i * i % 101 / 10.0;
        }
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            assertThat(PlugIn.direct(column, 3.021149408751577, 1, compute))
                    .isCloseTo(1.3197861862490123, within(1e-11));
        }
    }

    /** Silverman (1986), section 4.3.2: (4/3n)^(1/5) σ in one dimension, n^(−1/6) σ in two. */
    @Test
    void normalBandwidthsAreSilvermans() {
        assertThat(PlugIn.normal(2, 100, 1)).isCloseTo(2 * Math.pow(4 / 300.0, 0.2), within(1e-15));
        assertThat(PlugIn.normal(3, 64, 2)).isCloseTo(1.5, within(1e-14));
    }
}
