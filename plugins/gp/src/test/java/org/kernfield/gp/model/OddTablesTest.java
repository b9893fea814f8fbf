package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.kernfield.gp.model.SmallTables.FIXED;
import static org.kernfield.gp.model.SmallTables.table;
import static org.kernfield.gp.model.SmallTables.wave;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.TableTask;

import java.util.SplittableRandom;

/** What becomes of tables and kernels that are not as they should be. */
class OddTablesTest {
    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void theSameRowWithDifferentTargetsIsNoise() {
        var task = table(new double[] {1, 1, 1, 1, 2, 2}, 1, 3, 5, 3, 5, 8, 8);

        var fitted = runs.fit(task);
        var told = fitted.field().predict(Array.of(1, 1.0), Wanted.VARIANCE, false, runs.compute());

        assertThat(told.mean().get(0)).isBetween(3.0, 6.0);
        assertThat(told.variance().get(0)).isBetween(0.2, 10.0);
    }

    @Test
    void aColumnThatDoesNotChangeIsTold() {
        var x = new double[40];
        for (int i = 0; i < 20; i++) {
            x[2 * i] = i;
            x[2 * i + 1] = 7e300;
        }
        var y = new double[20];
        java.util.Arrays.setAll(y, i -> Math.sin(i / 3.0));

        var fitted = runs.fit(table(x, 2, y));

        assertThat(fitted.field().report().lines())
                .anyMatch(line -> line.contains("column c1 does not change"));
        assertThat(fitted.metrics().get("rmse")).isBetween(0.0, 1.0);
    }

    @Test
    void aRowThatDoesNotBelongIsNamed() {
        var x = new double[100];
        var y = new double[100];
        for (int i = 0; i < 100; i++) {
            x[i] = 0.1 * i;
            y[i] = Math.sin(x[i]);
        }
        y[41] += 20;

        var report = runs.fit(table(x, 1, y)).field().report();

        assertThat(report.lines().getFirst())
                .startsWith("rows that the others do not lead to expect: 42 (");
        assertThat(report.figures().get("surprisingRows")).isEqualTo(1);
    }

    @Test
    void aKernelWithoutNoiseForRepeatedRowsNeedsJitterAndSaysSo() {
        var task = table(new double[] {1, 1, 2, 3}, 1, 5, 5, 6, 7);

        var report =
                runs.fit(task, "kernel", "1.0 fixed*rbf(lengthscale=1 fixed)").field().report();

        assertThat(report.lines()).anyMatch(line -> line.startsWith("jitter of "));
        assertThat(report.figures().get("jitter")).isPositive();
    }

    @Test
    void moreRowsThanMemoryAreRefusedWithTheWayOut() {
        TableTask many = wave(40_000);

        assertThatThrownBy(() -> runs.fit(many, "method", "exact", "kernel", FIXED))
                .hasMessageContaining("40000 rows: whole covariance matrices take 38.4 GB")
                .hasMessageContaining("use method cg");
    }

    @Test
    void aTargetThatDoesNotChangeIsToldBack() {
        var fitted = runs.fit(table(new double[] {1, 2, 3}, 1, 4, 4, 4));

        var told = fitted.field().predict(Array.of(1, 2.5), Wanted.VARIANCE, false, runs.compute());

        assertThat(told.mean().get(0)).isCloseTo(4, within(1e-9));
        assertThat(told.variance().get(0)).isPositive();
    }

    @Test
    void oneRowIsEnough() {
        var fitted = runs.fit(table(new double[] {2}, 1, 5));

        var told = fitted.field().predict(Array.of(1, 2.0), Wanted.VARIANCE, false, runs.compute());

        assertThat(told.mean().get(0)).isCloseTo(5, within(1e-9));
        assertThat(told.variance().get(0)).isPositive().isFinite();
    }

    /** One row tells nothing of variances: signal and noise of 1 each, half of it known. */
    @Test
    void oneRowLeavesTheKernelAsItIs() {
        var fitted = runs.fit(table(new double[] {2}, 1, 5));
        Array at = Array.of(1, 2.0, 900.0);
        var told = fitted.field().predict(at, Wanted.VARIANCE, false, runs.compute());
        assertThat(told.variance().get(0)).isCloseTo(25 * 1.5, within(1e-9));
        assertThat(told.variance().get(1)).isCloseTo(25 * 2, within(1e-9));
        assertThat(fitted.field().report().lines().getFirst())
                .startsWith("one row does not tell how targets vary");
        assertThat(fitted.field().report().lines())
                .noneMatch(line -> line.contains("does not change"));
    }

    @Test
    void columnsOfVeryDifferentScalesTellTheSame() {
        TableTask plain = wave(80);
        double[] x = plain.x().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] *= i % 2 == 0 ? 1e-12 : 1e6;
        }
        double[] y = plain.y().clone();
        java.util.Arrays.setAll(y, i -> 1e12 * y[i]);
        var scaled = new TableTask(plain.inputNames(), plain.targetNames(), x, y, null, null);
        Array at = Array.of(2, 0.5, 1.5e6);
        Array there = Array.of(2, 0.5e-12, 1.5e12);
        var first = runs.fit(plain).field().predict(at, Wanted.VARIANCE, false, runs.compute());
        var second =
                runs.fit(scaled).field().predict(there, Wanted.VARIANCE, false, runs.compute());
        assertThat(second.mean().get(0))
                .isCloseTo(1e12 * first.mean().get(0), withinPercentage(1e-3));
        assertThat(second.variance().get(0))
                .isCloseTo(1e24 * first.variance().get(0), withinPercentage(1));
    }

    /** Noise hides from the Cholesky factor what is no covariance function. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "formula(1 - sqdist(x, y)) + white(variance=10)",
                "formula(-exp(-sqdist(x, y))) + white(variance=10)",
                "formula(tanh(0.5*dot(x, y) - 3)) + white(variance=10)",
                "formula(sqrt(sqdist(x, y)))"
            })
    void aKernelThatIsNoneIsNamed(String kernel) {
        assertThatThrownBy(() -> runs.fit(wave(60), "kernel", kernel))
                .hasMessageContaining("not a covariance function, its matrix of 60 rows has an")
                .hasMessageContaining(kernel.substring(0, 12))
                .hasMessageContaining("use a positive semidefinite kernel");
    }

    @Test
    void aKernelThatIsNotSymmetricIsNamed() {
        String kernel = "formula(exp(-sqdist(x, y)) * exp(0.1*sum(x)))";
        assertThatThrownBy(() -> runs.fit(wave(60), "kernel", kernel))
                .hasMessageContaining("not a covariance function")
                .hasMessageContaining("use one that is symmetric in x and y");
    }

    @Test
    void aThousandColumnsAreFitted() {
        var random = new SplittableRandom(2);
        double[] x = random.doubles(30_000).toArray();
        var y = new double[30];
        java.util.Arrays.setAll(y, i -> x[1000 * i] - x[1000 * i + 1]);

        var fitted = runs.fit(table(x, 1000, y), "restarts", "0");

        assertThat(fitted.metrics().get("logMarginal")).isFinite();
    }

    @Test
    void rowsWithoutALabelAreLeftOutAndTold() {
        var fitted = runs.fit(table(new double[] {1, 2, 3, 4}, 1, 1, Double.NaN, 2, 3));

        assertThat(fitted.model().array("inputs", 1).rows()).isEqualTo(3);
        assertThat(fitted.field().report().lines()).contains("1 row without a label was left out");
    }

    @Test
    void aTableWithoutLabelsIsRefused() {
        assertThatThrownBy(() -> runs.fit(table(new double[] {1}, 1, Double.NaN)))
                .hasMessage("table: no row has a label; give at least one row its target");
    }

    @Test
    void aTypoInTheKernelIsShownWithWhatWasMeant() {
        assertThatThrownBy(() -> runs.fit(wave(9), "kernel", "matern25(ard)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("matern25")
                .hasMessageContaining("did you mean matern52?");
    }

    @Test
    void pointsThatAreNoNumbersAreNamed() {
        var field = runs.fit(wave(9), "kernel", FIXED).field();

        assertThatThrownBy(
                        () ->
                                field.predict(
                                        Array.of(2, 1.0, 2e6, 1.0, Double.NaN),
                                        Wanted.MEAN,
                                        false,
                                        runs.compute()))
                .hasMessage("point 2: c1 is NaN; give a finite number");
    }
}
