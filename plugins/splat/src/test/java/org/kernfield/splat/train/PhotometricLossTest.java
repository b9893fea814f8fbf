package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Tape;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.field.Image;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.scene.Photograph;
import org.kernfield.testkit.BackendCompute;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** The loss against its definition, summed pixel by pixel in float64. */
class PhotometricLossTest {
    private static final int WIDTH = 17;
    private static final int HEIGHT = 14;

    private static float[] picture(long seed) {
        var random = new Random(seed);
        var values = new float[WIDTH * HEIGHT * 3];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (0.5 + 0.4 * Math.sin(0.3 * k) + 0.1 * random.nextDouble());
        }
        return values;
    }

    /** 0.8·L1 + 0.2·(1 − SSIM), the window cut off at the picture's border. */
    private static double loss(double[] x, double[] y) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < HEIGHT; v++) {
                for (int u = 0; u < WIDTH; u++) {
                    int at = 3 * (v * WIDTH + u) + c;
                    sum += 0.8 * Math.abs(x[at] - y[at]) + 0.2 * (1 - ssim(x, y, u, v, c));
                }
            }
        }
        return sum / x.length;
    }

    private static double ssim(double[] x, double[] y, int u, int v, int c) {
        double total = 0;
        for (int t = -5; t <= 5; t++) {
            total += Math.exp(-t * t / 4.5);
        }
        var m = new double[5];
        for (int dv = -5; dv <= 5; dv++) {
            for (int du = -5; du <= 5; du++) {
                if (u + du >= 0 && u + du < WIDTH && v + dv >= 0 && v + dv < HEIGHT) {
                    double weight = Math.exp(-(du * du + dv * dv) / 4.5) / (total * total);
                    double a = x[3 * ((v + dv) * WIDTH + u + du) + c];
                    double b = y[3 * ((v + dv) * WIDTH + u + du) + c];
                    m[0] += weight * a;
                    m[1] += weight * b;
                    m[2] += weight * a * a;
                    m[3] += weight * b * b;
                    m[4] += weight * a * b;
                }
            }
        }
        double covariance = m[4] - m[0] * m[1];
        double variances = m[2] - m[0] * m[0] + m[3] - m[1] * m[1];
        return (2 * m[0] * m[1] + 1e-4)
                * (2 * covariance + 9e-4)
                / ((m[0] * m[0] + m[1] * m[1] + 1e-4) * (variances + 9e-4));
    }

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        for (int k = 0; k < doubles.length; k++) {
            doubles[k] = values[k];
        }
        return doubles;
    }

    private record Computed(double loss, float[] gradient) {}

    private static Computed computed(Backend backend) {
        var photograph =
                new Photograph(
                        new org.kernfield.scene.View(
                                "test",
                                new org.kernfield.scene.Camera(
                                        WIDTH,
                                        HEIGHT,
                                        10,
                                        10,
                                        0,
                                        0,
                                        org.kernfield.scene.Camera.Lens.PERSPECTIVE),
                                new double[9],
                                new double[3]),
                        new Image(WIDTH, HEIGHT, 3, picture(1)));
        try (var compute = BackendCompute.on(backend);
                Tape tape = compute.tape()) {
            var loss = new PhotometricLoss();
            var target = new Target(photograph, AlphaReading.NONE, loss, compute);
            Tape.Node rendered =
                    tape.variable(compute.upload(org.kernfield.backend.Array.of(3, picture(2))));
            Tape.Node pixels = target.loss(tape, rendered, new double[3], loss);
            double sum = 0;
            for (float value : compute.download(pixels.buffer()).toFloats()) {
                sum += value;
            }
            var gradient =
                    tape.backward(Map.of(pixels, target.weights()), List.of(rendered))
                            .get(rendered);
            return new Computed(sum / (WIDTH * HEIGHT), compute.download(gradient).toFloats());
        }
    }

    private static void matchesItsDefinition(Backend backend) {
        double[] x = doubles(picture(2));
        double[] y = doubles(picture(1));
        Computed computed = computed(backend);
        assertThat(computed.loss()).isCloseTo(loss(x, y), within(1e-5));
        double largest = 0;
        double step = 1e-5;
        for (int k = 0; k < x.length; k += 7) {
            double value = x[k];
            x[k] = value + step;
            double above = loss(x, y);
            x[k] = value - step;
            double below = loss(x, y);
            x[k] = value;
            double expected = (above - below) / (2 * step);
            largest = Math.max(largest, Math.abs(expected));
            assertThat((double) computed.gradient()[k])
                    .as("derivative by number %d", k)
                    .isCloseTo(expected, within(2e-6));
        }
        // the tolerance is a small part of what is compared
        assertThat(largest).isGreaterThan(5e-4);
    }

    @Test
    void matchesItsDefinitionOnTheCpu() {
        matchesItsDefinition(new CpuBackend());
    }

    @Test
    void matchesItsDefinitionOnTheReference() {
        matchesItsDefinition(new ReferenceBackend());
    }
}
