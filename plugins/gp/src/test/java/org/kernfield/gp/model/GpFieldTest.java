package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kernfield.gp.model.SmallTables.FIXED;
import static org.kernfield.gp.model.SmallTables.wave;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.Representation;
import org.kernfield.field.TableTask;

import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;

/** Predictions and samples. */
class GpFieldTest {
    private final Runs runs = new Runs(Runs.cpu());

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void isFoundWithoutOsgi() {
        assertThat(ServiceLoader.load(Representation.class))
                .extracting(Representation::name)
                .contains(GpRepresentation.NAME);
    }

    @Test
    void tellsAWaveInItsOwnUnits() {
        var fitted = runs.fit(wave(200));
        Array at = Array.of(2, 0.5, 1.5e6, -2.0, 2e6);

        Prediction told = fitted.field().predict(at, Wanted.COVARIANCE, false, runs.compute());

        assertThat(told.mean().get(0)).isCloseTo(1015.5 + 50 * Math.sin(0.5), within(1.0));
        assertThat(told.mean().get(1)).isCloseTo(1020.5 + 50 * Math.sin(-2), within(1.0));
        // uniform noise of width 1 has the variance 1/12
        assertThat(told.variance().get(0)).isBetween(0.06, 0.13);
        assertThat(told.covariance().get(0)).isCloseTo(told.variance().get(0), within(1e-9));
        assertThat(told.covariance().get(1)).isCloseTo(told.covariance().get(2), within(1e-12));
    }

    @Test
    void latentVarianceLeavesOutTheNoise() {
        var field = runs.fit(wave(60), "kernel", FIXED).field();
        Array at = Array.of(2, 0.0, 2e6);

        double latent = field.predict(at, Wanted.VARIANCE, true, runs.compute()).variance().get(0);
        double noisy = field.predict(at, Wanted.VARIANCE, false, runs.compute()).variance().get(0);

        double unit =
                Problem.of(wave(60), runs.fit(wave(60), "kernel", FIXED).settings())
                        .units()
                        .targetScale()[0];
        assertThat(noisy - latent).isCloseTo(0.01 * unit * unit, within(1e-9));
    }

    @Test
    void meansAloneAreTheMeans() {
        var field = runs.fit(wave(60), "kernel", FIXED).field();
        Array at = Array.of(2, 0.0, 2e6, 1.0, 1e6);

        Prediction alone = field.predict(at, Wanted.MEAN, false, runs.compute());

        assertThat(alone.variance()).isNull();
        assertThat(alone.covariance()).isNull();
        Prediction all = field.predict(at, Wanted.VARIANCE, false, runs.compute());
        assertThat(alone.mean().get(1)).isEqualTo(all.mean().get(1));
    }

    @Test
    void stillHoldsTheRowsItWasFittedTo() {
        TableTask given = wave(30);

        TableTask kept = runs.fit(given, "kernel", FIXED).field().training();

        assertThat(kept.inputNames()).isEqualTo(given.inputNames());
        assertThat(kept.x()).containsExactly(given.x(), within(1e-8));
        assertThat(kept.y()).containsExactly(given.y(), within(1e-10));
    }

    @Test
    void reportsHowLabelsLieInWhatTheOthersSayOfThem() {
        var report = runs.fit(wave(200)).field().report();

        assertThat(report.figures().get("looPitDistance")).isBetween(0.0, 0.12);
        assertThat(report.lines())
                .anyMatch(line -> line.contains("labels in each tenth of their predictions"));
    }

    @Test
    void farAwayItKnowsAsLittleAsBefore() {
        var fitted = runs.fit(wave(60), "kernel", FIXED);
        double unit = Problem.of(wave(60), fitted.settings()).units().targetScale()[0];
        Array far = Array.of(2, 1e9, -1e15);

        Prediction told = fitted.field().predict(far, Wanted.VARIANCE, true, runs.compute());

        assertThat(told.variance().get(0)).isCloseTo(unit * unit, within(1e-6));
        assertThat(told.mean().get(0)).isBetween(900.0, 1100.0);
    }

    @Test
    void samplesHaveTheMeansAndCovariancesThatItTells() {
        var field = runs.fit(wave(25), "kernel", FIXED).field();
        Array at = Array.of(2, 0.0, 2e6, 0.3, 2e6, 2.9, 1e6);
        Prediction told = field.predict(at, Wanted.COVARIANCE, true, runs.compute());
        int count = 4000;

        Array drawn = field.sample(at, count, 5, runs.compute());

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int s = 0; s < count; s++) {
                    double a = drawn.get(3L * s + i) - told.mean().get(i);
                    double b = drawn.get(3L * s + j) - told.mean().get(j);
                    sum += a * b / count;
                }
                double scale = Math.sqrt(told.variance().get(i) * told.variance().get(j));
                assertThat(sum).isCloseTo(told.covariance().get(3L * i + j), within(0.1 * scale));
            }
        }
        Array again = field.sample(at, count, 5, runs.compute());
        assertThat(again.get(7)).isEqualTo(drawn.get(7));
    }

    @Test
    void bandsCoverWhatTheModelItselfDraws() {
        // 20 tables drawn from a process, 60 rows each to fit and 60 to tell
        var random = new SplittableRandom(11);
        int inside = 0;
        int all = 0;
        for (int draw = 0; draw < 20; draw++) {
            int n = 120;
            double[] x = random.doubles(n, -4, 4).toArray();
            double[] y = drawn(x, random);
            var task =
                    new TableTask(
                            List.of("x"),
                            List.of("y"),
                            java.util.Arrays.copyOf(x, 60),
                            java.util.Arrays.copyOf(y, 60),
                            null,
                            new TableTask.Held(
                                    java.util.Arrays.copyOfRange(x, 60, n),
                                    java.util.Arrays.copyOfRange(y, 60, n)));
            double covered = runs.fit(task).metrics().get("coverage95");
            inside += (int) Math.round(60 * covered);
            all += 60;
        }
        assertThat((double) inside / all).isBetween(0.93, 0.97);
    }

    /** y ~ N(0, K) with k = exp(−r²/2) and noise of variance 0.04. */
    private double[] drawn(double[] x, SplittableRandom random) {
        int n = x.length;
        Array k = Array.zeros(org.kernfield.backend.ElementType.F64, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double r = x[i] - x[j];
                k.set((long) i * n + j, Math.exp(-r * r / 2) + (i == j ? 0.04 : 0));
            }
        }
        assertThat(runs.compute().linearAlgebra().potrf(k)).isZero();
        var z = new double[n];
        java.util.Arrays.setAll(z, i -> random.nextGaussian());
        var y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                y[i] += k.get((long) i * n + j) * z[j];
            }
        }
        return y;
    }

    @Test
    void severalTargetsShareTheirHyperparameters() {
        TableTask one = wave(40);
        var y = new double[80];
        for (int i = 0; i < 40; i++) {
            y[2 * i] = one.y()[i];
            y[2 * i + 1] = -3 * one.y()[i];
        }
        var two = new TableTask(one.inputNames(), List.of("a", "b"), one.x(), y, null, null);
        Array at = Array.of(2, 0.4, 1.7e6);

        var alone = runs.fit(one, "kernel", FIXED);
        var both = runs.fit(two, "kernel", FIXED);
        var told = both.field().predict(at, Wanted.COVARIANCE, false, runs.compute());

        double single = alone.field().predict(at, Wanted.MEAN, false, runs.compute()).mean().get(0);
        assertThat(told.mean().get(0)).isCloseTo(single, within(1e-8));
        assertThat(told.mean().get(1)).isCloseTo(-3 * single, within(1e-8));
        assertThat(told.variance().get(1)).isCloseTo(9 * told.variance().get(0), within(1e-8));
        assertThat(told.covariance().get(1)).isZero();
        assertThat(both.metrics().get("logMarginal"))
                .isCloseTo(2 * alone.metrics().get("logMarginal"), within(1e-8));
    }

    @Test
    void knownNoiseOfRowsIsBelieved() {
        var noise = new double[] {1e-6, 100, 1e-6};
        var task =
                new TableTask(
                        List.of("x"),
                        List.of("y"),
                        new double[] {0, 1e-3, 3},
                        new double[] {1, 9, 2},
                        noise,
                        null);

        var field = runs.fit(task, "kernel", "1.0 fixed*rbf(lengthscale=1 fixed)").field();

        // the second row lies where the first does and is hardly believed
        double mean =
                field.predict(Array.of(1, 0.0), Wanted.MEAN, true, runs.compute()).mean().get(0);
        assertThat(mean).isCloseTo(1, within(0.1));
    }
}
