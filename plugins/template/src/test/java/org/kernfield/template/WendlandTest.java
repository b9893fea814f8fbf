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
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Rendering;
import org.kernfield.field.Representation;
import org.kernfield.field.Settings;
import org.kernfield.numerics.ImageMetrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

class WendlandTest {
    private final Representation wendland = new WendlandRepresentation();
    private final ReferenceCompute compute = new ReferenceCompute();

    @AfterEach
    void close() {
        compute.close();
    }

    @Test
    void isFoundWithoutOsgi() {
        assertThat(ServiceLoader.load(Representation.class))
                .extracting(Representation::name)
                .containsExactly("wendland");
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
    void drawsTheSameFieldAtAnotherSize() {
        Fit fit = begin(picture(16, 16, 1), Map.of());
        run(fit, 4);
        Field field = wendland.open(fit.finish(compute));

        Image doubled = field.as(Rendering.class).orElseThrow().render(32, 32, compute);

        // centre of pixel (10, 21) of 32 is (5.25, 10.75) in the source
        Array there = field.values(Array.of(2, 5.25f, 10.75f), compute);
        assertThat(doubled.get(10, 21, 0)).isCloseTo((float) there.get(0), within(1e-6f));
    }

    @Test
    void goesOnFromItsStateAsIfNothingHadHappened() {
        Image picture = picture(16, 12, 3);
        Fit straight = begin(picture, Map.of());
        run(straight, 3);
        var state = straight.state(compute);
        run(straight, 3);
        Fit resumed = begin(picture, Map.of());

        try (var another = new ReferenceCompute()) {
            resumed.restore(state, another);
            for (int k = 0; k < 3; k++) {
                resumed.step(another);
            }
            assertThat(resumed.finish(another).array("weights", 3).toFloats())
                    .isEqualTo(straight.finish(compute).array("weights", 3).toFloats());
        }
        assertThat(resumed.metrics()).isEqualTo(straight.metrics());
    }

    @Test
    void refusesAModelOfTheFuture() {
        Model now = model(Array.of(2, 3f, 2f), Array.of(1, 10f), 2);
        Model future = new Model("wendland", 2, "image", now.arrays(), now.metadata());

        assertThatThrownBy(() -> wendland.open(future))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("version 2 of wendland; this plugin reads up to 1");
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
                "wendland",
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
