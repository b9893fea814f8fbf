package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.testkit.BackendCompute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Photographs that were exposed differently, and cameras that stand elsewhere than they say. */
class CorrectionsTest {
    private static final Backend CPU = new CpuBackend();
    private static final int STEPS = 400;

    /** How a fit ended. */
    private record Trained(Map<String, Double> figures, State state, Model model) {}

    private static RadianceTask scene(UnaryOperator<Photograph> disturbed) {
        try (var compute = BackendCompute.on(CPU)) {
            RadianceTask all = SyntheticScene.task(60, 16, 48, true, compute);
            var training = all.training().stream().map(disturbed).toList();
            return new RadianceTask(training, all.held(), all.points(), all.background());
        }
    }

    private static Trained trained(RadianceTask task, Map<String, String> settings) {
        var splat = new SplatRepresentation();
        Fit fit = splat.begin(task, Settings.of(splat.settings(), settings));
        try (var compute = BackendCompute.on(CPU)) {
            for (int step = 0; step < STEPS; step++) {
                compute.progress((double) step / STEPS);
                fit.step(compute);
            }
            State state = fit.state(compute);
            Model model = fit.finish(compute);
            return new Trained(fit.metrics().values(), state, model);
        }
    }

    // ---- exposure

    private final ArrayList<Double> gains = new ArrayList<>();

    private Photograph exposed(Photograph photograph) {
        var random = new SplittableRandom(gains.size());
        double gain = 1 + 0.25 * (random.nextDouble() - 0.5) * 2;
        gains.add(gain);
        float[] values = photograph.image().values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (gain * values[k]);
        }
        Image image = photograph.image();
        return new Photograph(
                photograph.view(), new Image(image.width(), image.height(), 3, values));
    }

    /** Deviation of what white became from what it should, both relative to their means. */
    private double missed(Array exposures) {
        double mean = gains.stream().mapToDouble(g -> g).average().orElseThrow();
        double squares = 0;
        for (int k = 0; k < gains.size(); k++) {
            double learned = 0;
            for (int c = 0; c < 3; c++) {
                for (int j = 0; j < 4; j++) {
                    learned += exposures.get(12L * k + 4 * c + j) / 3;
                }
            }
            double miss = learned - gains.get(k) / mean;
            squares += miss * miss / gains.size();
        }
        return Math.sqrt(squares);
    }

    @Test
    void findsHowPhotographsWereExposed() {
        RadianceTask task = scene(this::exposed);
        Trained without = trained(task, Map.of("cap", "200"));
        Trained with = trained(task, Map.of("cap", "200", "exposure", "test"));
        assertThat(with.figures().get("exposureSpread")).isBetween(0.08, 0.2);
        assertThat(missed(with.state().array(Exposures.NAME))).isLessThan(0.02);
        assertThat(with.figures().get("trainLoss"))
                .isLessThan(0.5 * without.figures().get("trainLoss"));
        assertThat(with.figures().get("testPsnr"))
                .isGreaterThan(without.figures().get("testPsnr") + 2);
    }

    // ---- poses

    private int taken;

    private Photograph displaced(Photograph photograph) {
        var random = new SplittableRandom(100 + taken++);
        View view = photograph.view();
        var turn = new double[3];
        double[] shift = view.translation().clone();
        for (int c = 0; c < 3; c++) {
            turn[c] = 0.015 * random.nextGaussian();
            shift[c] += 0.03 * random.nextGaussian();
        }
        return new Photograph(
                new View(view.picture(), view.camera(), turned(turn, view.rotation()), shift),
                photograph.image());
    }

    /** Rodrigues' formula times R. */
    private static double[] turned(double[] w, double[] r) {
        double angle = Math.sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
        double a = Math.sin(angle) / angle;
        double b = (1 - Math.cos(angle)) / (angle * angle);
        double[] cross = {0, -w[2], w[1], w[2], 0, -w[0], -w[1], w[0], 0};
        var turn = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                turn[3 * i + j] =
                        (i == j ? 1 : 0)
                                + a * cross[3 * i + j]
                                + b * (w[i] * w[j] - (i == j ? angle * angle : 0));
            }
        }
        return product(turn, r);
    }

    private static double[] product(double[] a, double[] b) {
        var product = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int m = 0; m < 3; m++) {
                    product[3 * i + j] += a[3 * i + m] * b[3 * m + j];
                }
            }
        }
        return product;
    }

    private static double[] pixel(View view, float[] means, int k) {
        double[] r = view.rotation();
        double[] p = view.translation().clone();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[i] += r[3 * i + j] * means[3 * k + j];
            }
        }
        var camera = view.camera();
        return new double[] {camera.fx() * p[0] / p[2], camera.fy() * p[1] / p[2]};
    }

    /** By how many pixels views show the scene's middles elsewhere than they should, on average. */
    private static double displacement(List<View> views, List<View> truth) {
        float[] means = SyntheticScene.splats(60, 1).means();
        double sum = 0;
        for (int k = 0; k < truth.size(); k++) {
            for (int j = 0; j < means.length / 3; j++) {
                double[] is = pixel(views.get(k), means, j);
                double[] should = pixel(truth.get(k), means, j);
                sum += Math.hypot(is[0] - should[0], is[1] - should[1]);
            }
        }
        return sum / (truth.size() * means.length / 3.0);
    }

    @Test
    void findsWhereCamerasStand() {
        RadianceTask right = scene(p -> p);
        RadianceTask wrong = scene(this::displaced);
        var truth = right.training().stream().map(Photograph::view).toList();
        var given = wrong.training().stream().map(Photograph::view).toList();
        Trained without = trained(wrong, Map.of("cap", "200"));
        Trained with = trained(wrong, Map.of("cap", "200", "cameras", "refine"));
        var found = SplatModel.of(with.model()).views().subList(0, truth.size());
        assertThat(displacement(found, truth)).isLessThan(0.6 * displacement(given, truth));
        assertThat(with.figures().get("trainLoss"))
                .isLessThan(0.6 * without.figures().get("trainLoss"));
        assertThat(with.figures().get("testPsnr"))
                .isGreaterThan(without.figures().get("testPsnr") + 2);
    }
}
