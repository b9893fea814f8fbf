package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.backend.Array;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.TableTask;

import java.util.List;
import java.util.SplittableRandom;

/** Functions drawn by Matheron's rule against the posterior that is known. */
class PathsTest {
    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    private static TableTask table(int n, int p) {
        var random = new SplittableRandom(31);
        double[] x = random.doubles(n, -2, 2).toArray();
        var y = new double[n * p];
        java.util.Arrays.setAll(
                y, k -> 7 + (k % p + 1) * Math.sin(2 * x[k / p]) + 0.3 * random.nextGaussian());
        var names = java.util.stream.IntStream.range(0, p).mapToObj(t -> "y" + t).toList();
        return new TableTask(List.of("x"), names, x, y, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 1.2*rbf(lengthscale=0.7) + white(variance=0.1); method=exact",
                "1; 1.2*matern32(lengthscale=0.7) + white(variance=0.1); method=cg",
                "2; rq(lengthscale=0.6) + white(variance=0.1); outputs=independent",
                "2; coregion(weights=[0.9, 0.5], kappa=0.3)*rbf(lengthscale=0.7)"
                        + " + white(variance=0.1); outputs=icm",
                "1; rbf(lengthscale=0.7) + white(variance=0.1); process=student-t"
            })
    void varyAsThePosteriorSays(int targets, String kernel, String setting) {
        String[] given = setting.split("=");
        boolean isStudent = given[0].equals("process");
        var field =
                runs.fit(
                                table(14, targets),
                                "kernel",
                                fixed(kernel),
                                given[0],
                                given[1],
                                isStudent ? "degrees" : "restarts",
                                isStudent ? "8" : "0")
                        .field();
        Array at = Array.of(1, -1.7, 0.1, 3.0);
        Prediction told = field.predict(at, Wanted.COVARIANCE, true, runs.compute());
        int count = 1500;
        Array drawn = field.paths(at, count, 5, runs.compute());
        int width = 3 * targets;
        assertThat(drawn.rows()).isEqualTo(count);
        assertThat(drawn.width()).isEqualTo(width);
        for (int i = 0; i < width; i++) {
            var values = new double[count];
            for (int s = 0; s < count; s++) {
                values[s] = drawn.get((long) width * s + i) - told.mean().get(i);
            }
            assertMean(values, 0);
            for (int j = 0; j <= i; j++) {
                var products = new double[count];
                for (int s = 0; s < count; s++) {
                    double other = drawn.get((long) width * s + j) - told.mean().get(j);
                    products[s] = values[s] * other;
                }
                assertMean(products, told.covariance().get((long) width * i + j));
            }
        }
    }

    /** With its hyper-parameters held. */
    private static String fixed(String kernel) {
        return kernel.replaceAll("(=[\\d.]+|=\\[[^]]*])", "$1 fixed").replace("1.2*", "1.2 fixed*");
    }

    /** Within five standard errors. */
    private static void assertMean(double[] values, double expected) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean) / values.length;
        }
        assertThat(mean).isCloseTo(expected, within(5 * Math.sqrt(squares / values.length)));
    }

    @Test
    void areTheSameFunctionsWhereverTheyAreAskedFor() {
        var model = runs.fit(table(20, 1)).model();
        Array first =
                ModelArrays.open(model).paths(Array.of(1, 0.2, 1.4, -0.6), 3, 9, runs.compute());
        var again = ModelArrays.open(model);
        Array second = again.paths(Array.of(1, -0.6, 0.2), 3, 9, runs.compute());
        Array more = again.paths(Array.of(1, -0.6), 5, 9, runs.compute());
        Array others = again.paths(Array.of(1, -0.6), 3, 10, runs.compute());
        for (int s = 0; s < 3; s++) {
            assertThat(second.get(2L * s)).isCloseTo(first.get(3L * s + 2), within(1e-9));
            assertThat(second.get(2L * s + 1)).isCloseTo(first.get(3L * s), within(1e-9));
            assertThat(more.get(s)).isCloseTo(second.get(2L * s), within(1e-7));
            assertThat(others.get(s)).isNotCloseTo(second.get(2L * s), within(1e-7));
        }
    }

    @Test
    void areSmoothWhereTheProcessIs() {
        var field = runs.fit(table(20, 1)).field();
        var x = new double[4000];
        java.util.Arrays.setAll(x, i -> -2 + 0.001 * i);
        Array drawn = field.paths(Array.of(1, x), 1, 2, runs.compute());
        for (int i = 1; i < x.length; i++) {
            assertThat(drawn.get(i)).isCloseTo(drawn.get(i - 1), within(0.05));
        }
    }

    @Test
    void needAStationaryKernel() {
        var field = runs.fit(table(9, 1), "kernel", "linear + white").field();
        assertThatThrownBy(() -> field.paths(Array.of(1, 0.0), 1, 1, runs.compute()))
                .hasMessageContaining("linear: its draws are no sum of waves; draw jointly");
    }
}
