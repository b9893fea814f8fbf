package org.kernfield.splat.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Tape;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.testkit.BackendCompute;

import java.util.function.UnaryOperator;

/** Where points are seen through each lens, and how large what is around them. */
class LensTest {
    private static final RenderOptions OPTIONS = RenderOptions.usual();
    private static final double STEP = 1e-5;

    /** A lens with its formula written once more, from a point in the camera's axes. */
    private enum Case {
        PINHOLE(Lens.PERSPECTIVE, p -> new double[] {p[0] / p[2], p[1] / p[2]}),
        DISTORTED(
                Lens.PERSPECTIVE,
                p -> {
                    double x = p[0] / p[2];
                    double y = p[1] / p[2];
                    double r2 = x * x + y * y;
                    double radial =
                            (1 + 0.1 * r2 - 0.02 * r2 * r2 + 0.003 * Math.pow(r2, 3))
                                    / (1 + 0.05 * r2);
                    return new double[] {
                        x * radial + 2 * 0.01 * x * y - 0.02 * (r2 + 2 * x * x),
                        y * radial + 0.01 * (r2 + 2 * y * y) - 2 * 0.02 * x * y
                    };
                },
                0.1,
                -0.02,
                0.01,
                -0.02,
                0.003,
                0.05),
        FISHEYE(
                Lens.FISHEYE,
                p -> {
                    double r = Math.hypot(p[0], p[1]);
                    double t = Math.atan2(r, p[2]);
                    double bent = t * (1 + 0.05 * t * t - 0.01 * Math.pow(t, 4));
                    return new double[] {bent * p[0] / r, bent * p[1] / r};
                },
                0.05,
                -0.01),
        EQUIRECTANGULAR(
                Lens.EQUIRECTANGULAR,
                p ->
                        new double[] {
                            Math.atan2(p[0], p[2]),
                            Math.asin(p[1] / Math.hypot(Math.hypot(p[0], p[1]), p[2]))
                        }),
        ORTHOGRAPHIC(Lens.ORTHOGRAPHIC, p -> new double[] {p[0], p[1]});

        private final Lens lens;
        private final UnaryOperator<double[]> formula;
        private final double[] distortion;

        Case(Lens lens, UnaryOperator<double[]> formula, double... distortion) {
            this.lens = lens;
            this.formula = formula;
            this.distortion = distortion;
        }

        View view() {
            return TestScene.view(lens, 6, distortion);
        }

        /** From a point in the world. */
        double[] pixel(double... world) {
            View view = view();
            var p = view.translation().clone();
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    p[r] += view.rotation()[3 * r + c] * world[c];
                }
            }
            double[] seen = formula.apply(p);
            var camera = view.camera();
            return new double[] {
                camera.fx() * seen[0] + camera.cx(), camera.fy() * seen[1] + camera.cy()
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void seesCentresAndFootprintsWhereTheFormulaSays(Case lens) {
        var scene = new TestScene(6, 0, 9);
        double[] scales = scene.numbers.get("logScales");
        for (int k = 0; k < scales.length; k++) {
            // deviations alike along all axes, so that the covariance is J·Jᵀ·σ²
            scales[k] = Math.log(0.1);
        }
        try (var compute = BackendCompute.on(new ReferenceBackend());
                Tape tape = compute.tape()) {
            var nodes = TestScene.nodes(tape, scene.upload(compute, ElementType.F64));
            var picture = new TapeRenderer().render(tape, nodes, lens.view(), OPTIONS);
            double[] centres = TestScene.read(picture.centres().buffer());
            double[] shapes = TestScene.read(picture.shapes().buffer());
            double[] means = scene.numbers.get("means");
            for (int j = 0; j < scene.count(); j++) {
                double[] mean = {means[3 * j], means[3 * j + 1], means[3 * j + 2]};
                double[] pixel = lens.pixel(mean);
                assertThat(centres[2 * j]).isCloseTo(pixel[0], within(1e-5));
                assertThat(centres[2 * j + 1]).isCloseTo(pixel[1], within(1e-5));
                double[] expected = covariance(lens, mean);
                double[] actual = covariance(shapes, 3 * j);
                for (int k = 0; k < 3; k++) {
                    assertThat(actual[k])
                            .as("covariance %d of %d", k, j)
                            .isCloseTo(expected[k], within(1e-4 * (expected[0] + expected[2])));
                }
            }
        }
    }

    /** By central differences of the formula: σ²·J·Jᵀ + 0.3·I. */
    private static double[] covariance(Case lens, double[] mean) {
        double[] sums = {0.3, 0, 0.3};
        for (int c = 0; c < 3; c++) {
            double[] above = mean.clone();
            double[] below = mean.clone();
            above[c] += STEP;
            below[c] -= STEP;
            double[] p = lens.pixel(above);
            double[] q = lens.pixel(below);
            double dx = 0.1 * (p[0] - q[0]) / (2 * STEP);
            double dy = 0.1 * (p[1] - q[1]) / (2 * STEP);
            sums[0] += dx * dx;
            sums[1] += dx * dy;
            sums[2] += dy * dy;
        }
        return sums;
    }

    /** Inverse of 2·L·Lᵀ. */
    private static double[] covariance(double[] shapes, int at) {
        double a = 2 * shapes[at] * shapes[at];
        double b = 2 * shapes[at] * shapes[at + 1];
        double c = 2 * (shapes[at + 1] * shapes[at + 1] + shapes[at + 2] * shapes[at + 2]);
        double determinant = a * c - b * b;
        return new double[] {c / determinant, -b / determinant, a / determinant};
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void hasGradientsOfEveryParameter(Case lens) {
        RendererGradientTest.check(
                new TestScene(4, 1, 7), lens.view(), OPTIONS.withBackground(0.2, 0.5, 0.9));
    }

    @Test
    void seesBehindItselfThroughAnEquirectangularLens() {
        var scene = new TestScene(1, 0, 1);
        scene.numbers.put("means", new double[] {0, 0, -2});
        scene.numbers.put("logScales", new double[] {-1, -1, -1});
        scene.numbers.put("opacities", new double[] {5});
        scene.numbers.put("sh", new double[] {1, 1, 1});
        double[] image =
                RendererTest.image(scene, RendererTest.panorama(36, 18), RenderOptions.usual());
        // longitude ±180° is both edges, latitude 0 the middle
        assertThat(image[3 * (9 * 36)]).isGreaterThan(0.5);
        assertThat(image[3 * (9 * 36 + 35)]).isCloseTo(image[3 * (9 * 36)], within(1e-9));
        assertThat(image[3 * (9 * 36 + 18)]).isZero();
    }
}
