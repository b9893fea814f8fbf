package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Workers;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.Viewing;
import org.kernfield.numerics.ImageMetrics;
import org.kernfield.scene.Photograph;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SamplingFilter;
import org.kernfield.splat.SplatModel;
import org.kernfield.splat.field.SplatRepresentation;
import org.kernfield.testkit.BackendCompute;

import java.util.Map;

/** Splats that are trained to be seen from nearer and farther than they were photographed. */
class AntialiasedTrainingTest {
    private static final Backend CPU = new CpuBackend();
    private static final int STEPS = 250;
    private static final int SIZE = 48;

    private static RadianceTask task;
    private static Trained antialiased;

    private static RadianceTask task(int splats, int views, int size) {
        try (var compute = BackendCompute.on(CPU)) {
            return SyntheticScene.task(splats, views, size, true, compute);
        }
    }

    /** How a fit ended. */
    private record Trained(Map<String, Double> figures, SplatModel model) {}

    private static Trained trained(RadianceTask task, Map<String, String> settings) {
        var splat = new SplatRepresentation();
        Fit fit = splat.begin(task, Settings.of(splat.settings(), settings));
        try (var compute = BackendCompute.on(CPU)) {
            for (int step = 0; step < STEPS; step++) {
                compute.progress((double) step / STEPS);
                fit.step(compute);
            }
            SplatModel model = SplatModel.of(fit.finish(compute));
            return new Trained(fit.metrics().values(), model);
        }
    }

    /** Of held-out photographs so many times as small, each pixel the mean of what it covers. */
    private static double psnr(SplatModel model, int times) {
        var field = (Viewing) new SplatRepresentation().open(model.model());
        double sum = 0;
        try (var compute = BackendCompute.on(CPU)) {
            for (Photograph held : task.held()) {
                int side = SIZE / times;
                var view = held.view().with(held.view().camera().scaled(side, side));
                Image seen = field.view(view, compute);
                sum += ImageMetrics.psnr(seen, smaller(held.image(), times), Workers.SERIAL);
            }
        }
        return sum / task.held().size();
    }

    private static Image smaller(Image image, int times) {
        int side = image.width() / times;
        var values = new float[3 * side * side];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    values[3 * (y / times * side + x / times) + c] +=
                            image.get(x, y, c) / (times * times);
                }
            }
        }
        return new Image(side, side, 3, values);
    }

    @BeforeAll
    static void train() {
        task = task(60, 12, SIZE);
        antialiased = trained(task, Map.of("cap", "200", "antialiased", "true"));
    }

    @Test
    void looksRightInMuchSmallerPictures() {
        Trained plain = trained(task, Map.of("cap", "200"));
        assertThat(psnr(antialiased.model(), 4)).isGreaterThan(psnr(plain.model(), 4) + 4);
        assertThat(antialiased.figures().get("testPsnr"))
                .isGreaterThan(plain.figures().get("testPsnr") - 1);
    }

    @Test
    void modelsAreDrawnAsTheyWereTrained() {
        SplatModel model = antialiased.model();
        assertThat(model.isAntialiased()).isTrue();
        assertThat(psnr(model, 1)).isCloseTo(antialiased.figures().get("testPsnr"), within(0.05));
    }

    @Test
    void modelsHoldWhatTheirCamerasCanResolve() {
        SplatModel model = antialiased.model();
        var views = task.training().stream().map(Photograph::view).toList();
        float[] now = SamplingFilter.variances(model.splats().means(), views, RenderOptions.NEAR);
        assertThat(model.filter()).hasSameSizeAs(now);
        int alike = 0;
        for (int k = 0; k < now.length; k++) {
            // means have moved a little since
            alike += Math.abs(model.filter()[k] / now[k] - 1) < 0.05 ? 1 : 0;
        }
        assertThat(alike).isGreaterThan(now.length * 9 / 10);
    }

    @Test
    void refusesAPrimitiveThatCannotBe() {
        var splat = new SplatRepresentation();
        var settings =
                Settings.of(splat.settings(), Map.of("antialiased", "true", "primitive", "surfel"));
        assertThatThrownBy(() -> splat.begin(task, settings))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("antialiased = true: a blur does not widen a flat surfel;");
    }
}
