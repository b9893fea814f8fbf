package org.kernfield.gp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.TableTask;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Posterior;
import org.kernfield.gp.iterative.MatrixFreeSolve;
import org.kernfield.gp.iterative.VarianceSearch;
import org.kernfield.numerics.predictive.Calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Noise and scales by rows told from their nearest, against the whole matrix. */
class VarianceSearchTest {
    private static final int N = 900;

    private final Runs runs = new Runs(Runs.cpu());
    private final Observations data = data();

    @AfterEach
    void close() {
        runs.close();
    }

    /** Noise of the variance 0.04. */
    private static Observations data() {
        var random = new SplittableRandom(3);
        double[] x = random.doubles(2 * N, -2, 2).toArray();
        var y = new double[N];
        for (int i = 0; i < N; i++) {
            y[i] = Math.sin(3 * x[2 * i]) * Math.cos(x[2 * i + 1]) + 0.2 * random.nextGaussian();
        }
        return new Observations(x, 2, y, 1, null);
    }

    private static BoundCovariance kernel(String scale, String noise) {
        return Covariance.parse(
                        "%s*matern52(lengthscale=[0.8, 1.5]) + white(variance=%s)"
                                .formatted(scale, noise))
                .bind(2);
    }

    private static VarianceSearch search(BoundCovariance k, Observations data) {
        int[] told = IntStream.range(0, data.rows()).filter(i -> i % 3 == 0).toArray();
        var setup = new MatrixFreeSolve.Setup(1e-4, 0, 1, 10, told, 0);
        return new VarianceSearch(k, data, setup, told);
    }

    private VarianceSearch ended(VarianceSearch search) {
        double progress = 0;
        while (!search.isDone()) {
            search.step(runs.compute());
            assertThat(search.progress()).isBetween(progress, 1.0);
            progress = search.progress();
        }
        return search;
    }

    private static double value(BoundCovariance k, String name) {
        return k.hyperparameters().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values()
                .getFirst();
    }

    /** By the whole matrix, all rows told from all others. */
    private double exact(BoundCovariance k) {
        var posterior = Posterior.of(k, data, 0, runs.compute());
        LeaveOneOut told = LeaveOneOut.of(posterior, runs.compute().linearAlgebra());
        return Calibration.of(told.residual(), new double[N], told.variance(), 1).nlpd();
    }

    @Test
    void noiseThatIsFarTooLittleIsMended() {
        BoundCovariance start = kernel("0.3", "1e-8");

        VarianceSearch search = ended(search(start, data));

        BoundCovariance best = search.best();
        assertThat(value(best, "white_variance")).isCloseTo(0.04, within(0.006));
        assertThat(best.uniforms().get("matern52_rate"))
                .isEqualTo(start.uniforms().get("matern52_rate"));
        assertThat(search.gain()).isGreaterThan(0.5);
        // as good as any of the neighbourhood, by the whole matrix; 400 rows leave some chance
        double found = exact(best);
        for (double factor : new double[] {0.5, 2}) {
            double noise = value(best, "white_variance");
            double scale = value(best, "scale");
            assertThat(found)
                    .isLessThan(exact(kernel("" + scale, "" + noise * factor)))
                    .isLessThan(exact(kernel("" + scale * factor * factor * factor, "" + noise)));
        }
    }

    @Test
    void whatIsGoodAlreadyStaysNearby() {
        BoundCovariance good = ended(search(kernel("1.0", "0.01"), data)).best();

        VarianceSearch again = ended(search(good, data));

        assertThat(again.gain()).isZero();
        assertThat(again.best()).isSameAs(good);
    }

    @Test
    void whatIsFixedStays() {
        VarianceSearch none = search(kernel("2.0 fixed", "1e-3 fixed"), data);
        assertThat(none.isDone()).isTrue();
        assertThat(value(none.best(), "white_variance")).isEqualTo(1e-3);

        VarianceSearch scale = ended(search(kernel("2.0", "1e-3 fixed"), data));
        assertThat(value(scale.best(), "white_variance")).isEqualTo(1e-3);
        assertThat(value(scale.best(), "scale")).isNotEqualTo(2.0);
    }

    @Test
    void boundsHold() {
        VarianceSearch search = ended(search(kernel("1.0", "1e-4 in [1e-6, 0.01]"), data));

        assertThat(value(search.best(), "white_variance")).isCloseTo(0.01, within(1e-9));
    }

    /** Rows that contradict each other have no covariance matrix without noise. */
    @Test
    void aStartThatTellsNothingIsLeft() {
        var twice = new double[2 * 200];
        var y = new double[200];
        for (int i = 0; i < 200; i++) {
            twice[2 * i] = i / 2 * 0.01;
            y[i] = Math.sin(twice[2 * i] * 5) + (i % 2 == 0 ? 0.1 : -0.1);
        }
        var pairs = new Observations(twice, 2, y, 1, null);
        BoundCovariance start = kernel("1.0", "1e-8");

        VarianceSearch search = ended(search(start, pairs));

        assertThat(value(search.best(), "white_variance")).isBetween(0.003, 0.03);
    }

    private MatrixFreeConclusion conclusion() {
        var given = new LinkedHashMap<String, String>();
        given.put("method", "cg");
        var settings = Settings.of(GpSettings.ALL, given);
        return new MatrixFreeConclusion(Problem.of(task(), settings), settings, true, 0);
    }

    @Test
    void goesOnAfterARestartWithTheSameBits() {
        BoundCovariance start = kernel("0.3", "1e-8");
        var whole = conclusion();
        var broken = conclusion();
        double progress = 0;
        for (int steps = 0; !whole.isDone(); steps++) {
            whole.step(start, runs.compute());
            assertThat(whole.progress()).isBetween(progress, 1.0);
            progress = whole.progress();
            broken.step(start, runs.compute());
            if (steps < 5) {
                var state = new State(new LinkedHashMap<>(), new LinkedHashMap<>());
                broken.save(state);
                broken = conclusion();
                broken.restore(state, start, runs.compute());
            }
        }

        assertThat(broken.isDone()).isTrue();
        BoundCovariance chosen = whole.chosen(start);
        assertThat(broken.chosen(start)).hasToString(chosen.toString());
        assertThat(value(chosen, "white_variance")).isBetween(0.02, 0.2);
        var health = new Health(Problem.of(task(), Settings.of(GpSettings.ALL, Map.of())));
        var report = whole.finish(chosen, health, runs.compute()).model();
        assertThat(report.metadata().get("kernel")).isEqualTo(chosen.toString());
        assertThat(report.metadata().get("report"))
                .contains("scale, white_variance by 400 rows told from their nearest");
    }

    private TableTask task() {
        return new TableTask(List.of("u", "v"), List.of("y"), data.x(), data.y(), null, null);
    }
}
