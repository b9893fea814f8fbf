package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.field.ModelException;
import org.kernfield.field.TableTask;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Formulas that are no covariance functions, in tables that hide it. */
class KernelCheckTest {
    /** 1 up to a distance of 1 and 0 beyond: its spectrum sin(ω)/ω is below 0 in places. */
    private static final String BOX = "formula(max(0, min(1, 1e9*(1.0 - sqdist(x, y)))))";

    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    private static double[] sorted(int n) {
        double[] x = new SplittableRandom(8).doubles(n, 0, 4).toArray();
        Arrays.sort(x);
        return x;
    }

    private static TableTask task(double[] x) {
        double[] y = Arrays.stream(x).map(Math::sin).toArray();
        return new TableTask(List.of("x"), List.of("y"), x, y, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "cg"})
    void aSortedTableHidesNothing(String method) {
        TableTask task = task(sorted(300));

        assertThatThrownBy(
                        () ->
                                runs.fit(
                                        task,
                                        "kernel",
                                        BOX + " + white(variance=30 fixed)",
                                        "method",
                                        method))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not a covariance function")
                .hasMessageContaining("has an eigenvalue below -");
    }

    /** All rows but three are one; the matrix of those has the eigenvalue 1 − √2. */
    @Test
    void aFormulaIsCheckedOnAllRowsInTheEnd() {
        var x = new double[2000];
        Arrays.fill(x, 50);
        x[0] = 0;
        x[700] = 0.9;
        x[1500] = 1.8;
        var data = new Observations(x, 1, x, 1, null);
        var k = Covariance.parse(BOX + " + white").bind(1);
        var check = new KernelCheck(data, 0);

        assertThatThrownBy(() -> check.most(k, true, runs.compute()))
                .isInstanceOf(IndefiniteException.class)
                .hasMessageContaining("2000 rows");
    }

    @Test
    void aKernelBelow0HasAnEigenvalueBelow0() {
        var data = new Observations(sorted(20), 1, sorted(20), 1, null);
        var k = Covariance.parse("formula(-exp(-sqdist(x, y)))").bind(1);

        assertThatThrownBy(() -> new KernelCheck(data, 0).few(k, runs.compute()))
                .isInstanceOf(IndefiniteException.class)
                .hasMessageContaining("has an eigenvalue below -2.0e-08");
    }

    @Test
    void aKernelOfNothingButZerosIsOne() {
        var data = new Observations(sorted(20), 1, sorted(20), 1, null);

        new KernelCheck(data, 0)
                .most(Covariance.parse("formula(0*dot(x, y))").bind(1), true, runs.compute());
    }

    /** Whole numbers, most of which lie as far above a row as others below. */
    @Test
    void rowsAsFarAsTheFarthestTakeNoNearerOnesPlace() {
        var x = new double[41];
        Arrays.setAll(x, i -> i);
        var data = new Observations(x, 1, x, 1, null);
        for (int seed = 0; seed < 10; seed++) {
            var samples = new RowSamples(data, new RowOrder(x.length, seed));
            double first = samples.random(1).get(0);

            double[] near = Rows.doubles(samples.near(4));

            double[] expected =
                    Arrays.stream(x).map(v -> Math.abs(v - first)).sorted().limit(4).toArray();
            assertThat(Arrays.stream(near).map(v -> Math.abs(v - first)).sorted().toArray())
                    .containsExactly(expected);
        }
    }

    @Test
    void samplesAreWhatTheyAreCalled() {
        var x = new double[1000];
        Arrays.setAll(x, i -> i == 500 ? 1e6 : i == 501 ? -1e6 : i % 7);
        var samples = new RowSamples(new Observations(x, 1, x, 1, null), new RowOrder(x.length, 3));

        double[] spread = Rows.doubles(samples.spread(9));
        assertThat(spread).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 1e6, -1e6);
        double[] near = Rows.doubles(samples.near(100));
        assertThat(near).hasSize(100).containsOnly(near[0]);
        assertThat(samples.random(2000).rows()).isEqualTo(1000);
    }
}
