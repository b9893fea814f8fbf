package org.kernfield.rbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Model;
import org.kernfield.field.Rendering;
import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.numerics.ImageMetrics;
import org.kernfield.testkit.BackendCompute;

import java.util.Map;

/** Fits of pictures given by formulas, on the cpu backend. */
class RbfTest {
    private final RbfRepresentation rbf = new RbfRepresentation();

    /** Two discs with sharp edges on a slope of colour. */
    private static Image discs(int width, int height, int channels) {
        var values = new float[width * height * channels];
        for (int i = 0; i < values.length; i++) {
            double x = (i / channels % width + 0.5) / width;
            double y = (i / channels / width + 0.5) / height;
            int c = i % channels;
            double value = 0.2 + 0.3 * x + 0.1 * c * y;
            if (Math.hypot(x - 0.35, y - 0.4) < 0.2) {
                value = 0.9 - 0.2 * c;
            }
            if (Math.hypot(x - 0.7, y - 0.65) < 0.15) {
                value = 0.1 + 0.3 * c;
            }
            values[i] = (float) value;
        }
        return new Image(width, height, channels, values);
    }

    private Model fit(Image image, int steps, Map<String, String> given, BackendCompute compute) {
        Fit fit = rbf.begin(new ImageTask(image), Settings.of(rbf.settings(), given));
        for (int k = 0; k < steps && !fit.isDone(); k++) {
            compute.progress((double) k / steps);
            fit.step(compute);
        }
        return fit.finish(compute);
    }

    private double psnr(Image image, Model model, BackendCompute compute) {
        var rendering = (Rendering) rbf.open(model);
        Image drawn = rendering.render(image.width(), image.height(), compute);
        return ImageMetrics.psnr(image, drawn.eightBit());
    }

    @Test
    void drawsSharpEdges() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            Image image = discs(96, 80, 3);
            Model model = fit(image, 300, Map.of("parameters", "4000"), compute);
            assertThat(psnr(image, model, compute)).isGreaterThan(33);
        }
    }

    @Test
    void keepsToTheNumberOfParameters() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            for (int channels : new int[] {1, 3}) {
                Image image = discs(600, 20, channels);
                Model model = fit(image, 12, Map.of("parameters", "1000"), compute);
                assertThat(rbf.open(model).parameters()).isBetween(950L, 1000L);
            }
        }
    }

    @Test
    void fitsDegeneratePicturesWithoutComplaint() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            for (int[] size : new int[][] {{1, 1}, {1, 300}, {300, 1}, {3, 2}}) {
                Image image = discs(size[0], size[1], 1);
                Model model = fit(image, 60, Map.of(), compute);
                assertThat(psnr(image, model, compute)).isGreaterThan(20);
            }
        }
    }

    @Test
    void drawsAConstantAsAConstant() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            var values = new float[32 * 32];
            java.util.Arrays.fill(values, 0.5f);
            Image image = new Image(32, 32, 1, values);
            assertThat(psnr(image, fit(image, 200, Map.of(), compute), compute)).isGreaterThan(40);
        }
    }

    @Test
    void stopsAtTheTarget() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            Image image = discs(64, 64, 1);
            Fit fit =
                    rbf.begin(
                            new ImageTask(image),
                            Settings.of(rbf.settings(), Map.of("target", "20")));
            int steps = 0;
            while (!fit.isDone() && steps < 500) {
                compute.progress(steps++ / 500.0);
                fit.step(compute);
            }
            assertThat(steps).isLessThan(500);
            assertThat(fit.metrics().get("psnr")).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void drawsOtherSizesAsItsValuesAtPoints() {
        try (var compute = BackendCompute.on(new CpuBackend())) {
            Image image = discs(40, 30, 3);
            Field field = rbf.open(fit(image, 60, Map.of("kernels", "100"), compute));
            Image drawn = ((Rendering) field).render(120, 45, compute);
            var points = new float[2 * 120 * 45];
            for (int i = 0; i < 120 * 45; i++) {
                points[2 * i] = (i % 120 + 0.5f) * 40 / 120;
                points[2 * i + 1] = (i / 120 + 0.5f) * 30 / 45;
            }
            float[] values = field.values(Array.of(2, points), compute).toFloats();
            int different = 0;
            for (int i = 0; i < values.length; i++) {
                // a pixel on the very rim of a kernel may fall on either side of the cut
                different += Math.abs(values[i] - drawn.values()[i]) > 1e-4 ? 1 : 0;
            }
            assertThat((double) different / values.length).isCloseTo(0, within(1e-3));
        }
    }

    @Test
    void refusesTwoSizesAtOnce() {
        assertThatThrownBy(
                        () ->
                                rbf.begin(
                                        new ImageTask(discs(8, 8, 1)),
                                        Settings.of(
                                                rbf.settings(),
                                                Map.of("kernels", "5", "parameters", "50"))))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("choose one");
    }
}
