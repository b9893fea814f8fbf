package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.ModelException;
import org.kernfield.field.Report;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.LatentVariance;
import org.kernfield.gp.exact.Observations;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Fits that come to their end whatever they meet on the way, and say what they do not know. */
class WholeFitTest {
    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    private static TableTask table(int n, int d, int targets, TableTask.Held held) {
        var random = new SplittableRandom(6);
        double[] x = random.doubles((long) n * d, -2, 2).toArray();
        var y = new double[n * targets];
        Arrays.setAll(y, k -> Math.sin(x[k / targets * d]) + 0.1 * random.nextGaussian());
        return new TableTask(names("x", d), names("y", targets), x, y, null, held);
    }

    private static List<String> names(String letter, int count) {
        return IntStream.range(0, count).mapToObj(k -> letter + k).toList();
    }

    @Test
    void aFormulasNumberMayChangeItsSignOnTheWay() {
        var fitted =
                runs.fit(
                        table(40, 1, 1, null),
                        "kernel",
                        "formula(exp(-sqdist(x, y)) * (1 + (a - 2)^2); a=0) + white");
        BoundCovariance k = Covariance.parse(fitted.model().metadata().get("kernel")).bind(1);
        assertThat(k.toString()).isEqualTo(fitted.model().metadata().get("kernel"));
    }

    /** A random start at which the exponential overflows is one start less. */
    @Test
    void startsThatAreHopelessLoseTheOthersNothing() {
        var fitted =
                runs.fit(
                        table(30, 150, 1, null),
                        "kernel",
                        "formula(exp(a*dot(x, y)); a=1) + white",
                        "restarts",
                        "20");
        assertThat(fitted.metrics().get("logMarginal")).isFinite();
    }

    @Test
    void heldRowsWithoutLabelsAreNoneToScoreBy() {
        var held = new TableTask.Held(new double[] {0.5, 1}, new double[] {Double.NaN, Double.NaN});
        var fitted = runs.fit(table(30, 1, 1, held));
        assertThat(fitted.metrics().get("rmse")).isBetween(0.0, 1.0);
    }

    @Test
    void aTargetWhoseLabelsTellNothingIsNamed() {
        TableTask two = table(30, 1, 2, null);
        double[] y = two.y().clone();
        for (int i = 1; i < 30; i++) {
            y[2 * i + 1] = Double.NaN;
        }
        var task = new TableTask(two.inputNames(), two.targetNames(), two.x(), y, null, null);
        assertThat(runs.fit(task, "outputs", "icm").field().report().lines())
                .anyMatch(line -> line.startsWith("y1: its labels do not tell how it varies"));
        assertThat(runs.fit(two).field().report().lines())
                .noneMatch(line -> line.contains("do not tell how it varies"));
    }

    /** Of three points, the second with a variance that no covariance function has. */
    private static Process process(double second) {
        var spread =
                new LatentVariance() {
                    @Override
                    public double[] variance(Array points, Compute compute) {
                        return new double[] {1, second, 1};
                    }

                    @Override
                    public Array covariance(Array points, Compute compute) {
                        return Array.of(3, 1.0, 0.0, 0.0, 0.0, second, 0.0, 0.0, 0.0, 1.0);
                    }
                };
        return new Process(
                Covariance.parse("rbf").bind(1),
                new Outputs(1, false),
                null,
                null,
                spread,
                0,
                UnknownFactor.none(1),
                null);
    }

    @Test
    void aVarianceBelow0IsRefusedHoweverItIsAskedFor() {
        Array points = Array.of(1, 0.0, 1.0, 2.0);
        assertThatThrownBy(() -> process(-0.1).variance(points, runs.compute()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("-0.100 at point 2");
        assertThatThrownBy(() -> process(-0.1).covariance(points, runs.compute()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("-0.100 at point 2");
        assertThatThrownBy(() -> process(Double.NaN).covariance(points, runs.compute()))
                .isInstanceOf(ModelException.class);
        assertThat(process(-1e-9).covariance(points, runs.compute()).get(4)).isZero();
    }

    @Test
    void aSearchThatWasCutOffSaysSoFirst() {
        var settings = Settings.of(GpSettings.ALL, Map.of());
        var fit = new GpFit(table(60, 2, 1, null), settings);
        fit.step(runs.compute());
        var report = Report.of(fit.finish(runs.compute()).metadata());
        assertThat(report.lines().getFirst())
                .startsWith("the search was cut off after 1 evaluation: ")
                .endsWith("; give more seconds");
        assertThat(report.figures().get("searched")).isBetween(0.0, 0.5);
        assertThat(report.figures()).containsEntry("evaluations", 1.0);
        var whole = runs.fit(table(60, 2, 1, null)).field().report();
        assertThat(whole.lines()).noneMatch(line -> line.contains("cut off"));
        assertThat(whole.figures()).containsEntry("searched", 1.0);
    }

    @Test
    void conjugateGradientsThatDoNotConvergeLeaveItToTheWholeMatrixAndSaySo() {
        var report =
                runs.fit(
                                table(200, 1, 1, null),
                                "method",
                                "cg",
                                "tolerance",
                                "1e-12",
                                "kernel",
                                "1e3 fixed*rbf(lengthscale=3 fixed) + white(variance=1e-9 fixed)")
                        .field()
                        .report();
        assertThat(report.lines())
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "the whole matrix was factored after all: conjugate"
                                                + " gradients: a residual of "));
        assertThat(report.figures()).containsKey("condition");
    }

    @Test
    void rowsThatWereLeftOutWhenTheTableWasReadAreTold() {
        TableTask all = table(30, 1, 1, null);
        var task =
                new TableTask(
                        all.inputNames(),
                        all.targetNames(),
                        all.x(),
                        all.y(),
                        null,
                        null,
                        new TableTask.LeftOut(3, 2));
        assertThat(runs.fit(task).field().report().lines())
                .contains(
                        "3 rows without a label were left out",
                        "2 rows with a missing input were left out");
    }

    private static TableTask repeated() {
        double[] x = {0, 1, 2, 3, 1, 2, 4};
        double[] y = {0, 1, 0, 2, 1, 3, 1};
        return new TableTask(List.of("x"), List.of("y"), x, y, null, null);
    }

    @Test
    void rowsThatContradictEachOtherNeedNoise() {
        var without = runs.fit(repeated(), "kernel", "rbf").field().report();
        assertThat(without.lines())
                .anyMatch(
                        line ->
                                line.startsWith("1 row has the inputs of another")
                                        && line.endsWith("add + white"));
        assertThat(without.figures()).containsEntry("contradictingRows", 1.0);
        assertThat(runs.fit(repeated(), "kernel", "rbf + white").field().report().lines())
                .noneMatch(line -> line.contains("the inputs of another"));
    }

    @Test
    void repeatsAreFoundAmongManyRows() {
        int n = 200_000;
        double[] x = new SplittableRandom(4).doubles(n, -2, 2).toArray();
        double[] y = x.clone();
        for (int i = 0; i < 1000; i++) {
            x[n - 1 - i] = x[i] == 0 ? -0.0 : x[i];
            y[n - 1 - i] = i % 2 == 0 ? y[i] : 9;
        }
        var data = new Observations(x, 1, y, 1, null);
        assertThat(Repeats.contradicting(data, runs.compute())).isEqualTo(500);
        var signed = new Observations(new double[] {0.0, -0.0}, 1, new double[] {1, 2}, 1, null);
        assertThat(Repeats.contradicting(signed, runs.compute())).isEqualTo(1);
    }

    @Test
    void lookingForRepeatsEndsWithItsJob() {
        var cancelled =
                (Compute)
                        Proxy.newProxyInstance(
                                Compute.class.getClassLoader(),
                                new Class<?>[] {Compute.class},
                                (proxy, method, arguments) -> {
                                    throw new CancellationException(method.getName());
                                });
        var data = new Observations(new double[2], 1, new double[2], 1, null);
        assertThatThrownBy(() -> Repeats.contradicting(data, cancelled))
                .isInstanceOf(CancellationException.class)
                .hasMessage("checkCancelled");
    }

    @Test
    void namesOfColumnsMayHoldWhateverATableHas() {
        TableTask two = table(40, 2, 1, null);
        var names = List.of("price ($)", "area");
        var task = new TableTask(names, two.targetNames(), two.x(), two.y(), null, null);
        var lines =
                runs.fit(task, "kernel", "rbf(ard, dims=[\"price ($)\", area]) + white")
                        .field()
                        .report()
                        .lines();
        assertThat(lines)
                .anyMatch(
                        line ->
                                line.startsWith("kernel: ")
                                        && line.contains("dims=[\"price ($)\", area]"));
        assertThat(Lists.shortened("[a\\b, $1]")).isEqualTo("[a\\b, $1]");
    }

    @Test
    void oneRowOrCellIsNotSpokenOfAsSeveral() {
        TableTask all = table(30, 1, 2, null);
        double[] y = all.y().clone();
        y[7] = Double.NaN;
        var left = new TableTask.LeftOut(1, 1);
        var task = new TableTask(all.inputNames(), all.targetNames(), all.x(), y, null, null, left);
        assertThat(runs.fit(task).field().report().lines())
                .contains(
                        "1 row without a label was left out",
                        "1 row with a missing input was left out",
                        "1 cell without a label was left out of a row that has others");
    }

    @Test
    void manyColumnsAreNotAllListed() {
        var lines = runs.fit(table(30, 40, 1, null)).field().report().lines();
        assertThat(lines).anyMatch(line -> line.startsWith("kernel: ") && line.contains(", …]"));
        assertThat(lines)
                .filteredOn(line -> line.contains("most telling first"))
                .singleElement()
                .satisfies(line -> assertThat(line.split(", ")).hasSize(12));
    }

    @Test
    void someColumnsAreRankedUnderTheirOwnNames() {
        var lines =
                runs.fit(table(40, 4, 1, null), "kernel", "rbf(ard, dims=[x3, x0]) + white")
                        .field()
                        .report()
                        .lines();
        assertThat(lines)
                .anyMatch(line -> line.matches(".*most telling first: x0 [^,]+, x3 [^,]+"));
    }
}
