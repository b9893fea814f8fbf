package org.kernfield.itests.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Kernfield;
import org.kernfield.engine.Plugin;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** The engine as any Java program uses it. */
class PlainJavaTest {
    @TempDir Path temp;

    private Path photo;

    /** Two soft waves, 40 × 30 pixels. */
    @BeforeEach
    void draw() throws IOException {
        photo = temp.resolve("photo.png");
        var picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                int red = 128 + (int) (90 * Math.sin(x * 0.2));
                int green = 128 + (int) (90 * Math.cos(y * 0.2));
                picture.setRGB(x, y, red << 16 | green << 8 | 100);
            }
        }
        ImageIO.write(picture, "png", photo.toFile());
    }

    @Test
    void noFrameworkIsOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("org.osgi.framework.Bundle"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void findsThePluginsByThemselves() {
        try (var kernfield = Kernfield.open()) {
            assertThat(kernfield.engine().backends()).extracting(Plugin::name).startsWith("cpu");
            assertThat(kernfield.engine().representations())
                    .extracting(Plugin::name)
                    .containsExactly("rbf");
        }
    }

    @Test
    void fitsEvaluatesAndDifferentiatesInTenLines() throws Exception {
        try (var kernfield = Kernfield.open()) {
            FieldHandle field = kernfield.fit(FitRequest.of(photo).set("kernels", 150).steps(80L));
            Array colour = field.values(Array.of(2, 10.5f, 20.5f));
            Array gradient = field.jacobian(Array.of(2, 10.5f, 20.5f));
            kernfield.engine().write(field.render(80, 60), temp.resolve("big.png"));
            kernfield.engine().write(field.model(), temp.resolve("photo.safetensors"));

            // the pixel whose centre is (10.5, 20.5), and how fast it changes across
            float[] rgb = colour.toFloats();
            assertThat(rgb[0]).isCloseTo(value(128 + 90 * Math.sin(10 * 0.2)), within(0.06f));
            assertThat(rgb[1]).isCloseTo(value(128 + 90 * Math.cos(20 * 0.2)), within(0.06f));
            assertThat(rgb[2]).isCloseTo(value(100), within(0.06f));
            assertThat(gradient.width()).isEqualTo(3 * 2);
            assertDerivative(field, gradient.toFloats());
            assertThat(ImageIO.read(temp.resolve("big.png").toFile()).getWidth()).isEqualTo(80);
        }
    }

    private static float value(double eightBit) {
        return (float) (eightBit / 255);
    }

    /** Central differences, output-major. */
    private static void assertDerivative(FieldHandle field, float[] gradient) {
        float h = 0.05f;
        float[] right = field.values(Array.of(2, 10.5f + h, 20.5f)).toFloats();
        float[] left = field.values(Array.of(2, 10.5f - h, 20.5f)).toFloats();
        float[] below = field.values(Array.of(2, 10.5f, 20.5f + h)).toFloats();
        float[] above = field.values(Array.of(2, 10.5f, 20.5f - h)).toFloats();
        for (int channel = 0; channel < 3; channel++) {
            float dx = (right[channel] - left[channel]) / (2 * h);
            float dy = (below[channel] - above[channel]) / (2 * h);
            assertThat(gradient[2 * channel]).isCloseTo(dx, within(2e-3f));
            assertThat(gradient[2 * channel + 1]).isCloseTo(dy, within(2e-3f));
        }
    }

    @Test
    void opensAModelFileAgain() throws Exception {
        Path file = temp.resolve("photo.safetensors");
        Array at = Array.of(2, 3.25f, 7.75f);
        float[] before;
        try (var kernfield = Kernfield.open()) {
            FieldHandle field = kernfield.fit(FitRequest.of(photo).set("kernels", 20).steps(5L));
            before = field.values(at).toFloats();
            kernfield.engine().write(field.model(), file);
        }
        try (var kernfield = Kernfield.open()) {
            assertThat(kernfield.engine().open(file).values(at).toFloats()).isEqualTo(before);
        }
    }
}
