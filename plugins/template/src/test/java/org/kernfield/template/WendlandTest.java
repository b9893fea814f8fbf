package org.kernfield.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.backend.Array;
import org.kernfield.field.Differentiable;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Rendering;
import org.kernfield.field.Representation;
import org.kernfield.field.Settings;
import org.kernfield.numerics.ImageMetrics;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.testkit.BackendCompute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

class WendlandTest {
    private final Representation wendland = new WendlandRepresentation();
    private final BackendCompute compute = BackendCompute.on(new ReferenceBackend());

    @AfterEach
    void close() {
        compute.close();
    }

    @Test
    void isFoundWithoutOsgi() {
        assertThat(ServiceLoader.load(Representation.class))
                .extracting(Representation::name)
                .containsExactly(WendlandRepresentation.NAME);
    }

    @Test
    void sumsTheFormula() {
        // one centre at (3, 2), R = 2: r = 1/2 from (4, 2), where φ = (1/2)⁴ · 3 = 0.1875
        var model = model(Array.of(2, 3f, 2f), Array.of(1, 10f), 2);

        Array values = wendland.open(model).values(Array.of(2, 4f, 2f, 3f, 2f, 5f, 2f), compute);

        assertThat(values.toFloats()).containsExactly(new float[] {1.875f, 10, 0}, within(1e-6f));
    }

    @Test
    void differentiatesTheFormula() {
        // d/dx φ(r) = −20 r (1 − r)³ / R at (4, 2), r = 1/2, R = 2: −0.625; nothing at the centre
        var model = model(Array.of(2, 3f, 2f), Array.of(1, 10f), 2);

        Array slopes =
                wendland.open(model)
                        .as(Differentiable.class)
                        .orElseThrow()
                        .jacobian(Array.of(2, 4f, 2f, 3f, 2f), compute);

        assertThat(slopes.toFloats()).containsExactly(new float[] {-6.25f, 0, 0, 0}, within(1e-5f));
    }

    @Test
    void fitsASmoothPicture() {
        Image picture = picture(32, 24, 3);
        Fit fit = begin(picture, Map.of("kernels", "190"));

        run(fit, 40);
        Image drawn = draw(fit.finish(compute), 32, 24);

        assertThat(ImageMetrics.psnr(drawn, picture)).isGreaterThan(40);
        assertThat(fit.metrics().get("psnr"))
                .isCloseTo(ImageMetrics.psnr(drawn, picture), within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 300", "7, 5"})
    void fitsAConstantPictureOfAnyShape(int width, int height) {
        var grey = new float[width * height];
        java.util.Arrays.fill(grey, 0.5f);
        Image picture = new Image(width, height, 1, grey);
        Fit fit = begin(picture, Map.of());

        run(fit, 30);

        assertThat(ImageMetrics.psnr(draw(fit.finish(compute), width, height), picture))
                .isGreaterThan(30);
    }

    @Test
    void stopsAtOnceOnBlack() {
        Fit fit = begin(new Image(4, 4, 1, new float[16]), Map.of());

        fit.step(compute);

        assertThat(fit.isDone()).isTrue();
        assertThat(fit.metrics().get("psnr")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void refusesAModelWhoseArraysDoNotFit() {
        Model broken = model(Array.of(2, 3f, 2f, 1f, 1f), Array.of(1, 10f), 2);

        assertThatThrownBy(() -> wendland.open(broken))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("2 centres, 1 weights");
    }

    private Fit begin(Image picture, Map<String, String> given) {
        return wendland.begin(new ImageTask(picture), Settings.of(wendland.settings(), given));
    }

    private void run(Fit fit, int steps) {
        for (int k = 0; k < steps; k++) {
            fit.step(compute);
        }
    }

    private Image draw(Model model, int width, int height) {
        return wendland.open(model)
                .as(Rendering.class)
                .orElseThrow()
                .render(width, height, compute);
    }

    private static Model model(Array centres, Array weights, float radius) {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put("centres", centres);
        arrays.put("weights", weights);
        arrays.put("radius", Array.of(1, radius));
        return new Model(
                WendlandRepresentation.NAME,
                1,
                "image",
                arrays,
                Map.of("width", "8", "height", "8", "channels", "1"));
    }

    /** Two waves and a soft edge, differently in each channel. */
    private static Image picture(int width, int height, int channels) {
        var values = new float[width * height * channels];
        for (int k = 0; k < values.length; k++) {
            int c = k % channels;
            int x = k / channels % width;
            int y = k / channels / width;
            double wave = Math.sin(0.35 * x + c) * Math.cos(0.25 * y - 0.5 * c);
            values[k] = (float) (0.5 + 0.25 * wave + 0.2 * Math.tanh((x - y) / 4.0));
        }
        return new Image(width, height, channels, values);
    }
}
