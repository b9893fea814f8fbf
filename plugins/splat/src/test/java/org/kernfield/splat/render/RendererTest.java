package org.kernfield.splat.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Tape;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.testkit.BackendCompute;

import java.util.Arrays;

/** Pictures against closed forms and against the reference. */
class RendererTest {
    private static final RenderOptions OPTIONS = RenderOptions.usual();

    /** One round splat on the axis, of variance f²σ²/z² + 0.3 squared pixels. */
    @Test
    void drawsOneSplatAsTheClosedFormSays() {
        double sigma = 0.2;
        double z = 4;
        double focal = 40;
        var scene = new TestScene(1, 0, 1);
        scene.numbers.put("means", new double[] {0, 0, z});
        scene.numbers.put("logScales", filled(3, Math.log(sigma)));
        scene.numbers.put("opacities", new double[] {0});
        scene.numbers.put("sh", new double[] {1, 0, -1});
        var view = axis(21, 21, focal);
        double[] image = image(scene, view, OPTIONS.withBackground(0, 1, 0));

        double variance = Math.pow(focal * sigma / z, 2) + 0.3;
        for (int v = 0; v < 21; v++) {
            for (int u = 0; u < 21; u++) {
                double d2 = Math.pow(u - 10, 2) + Math.pow(v - 10, 2);
                double alpha = 0.5 * Math.exp(-0.5 * d2 / variance);
                alpha = alpha < 1.0 / 255 ? 0 : alpha;
                int at = 3 * (v * 21 + u);
                assertThat(image[at]).isCloseTo(alpha * (0.5 + Splats.SH_0), within(1e-12));
                assertThat(image[at + 1]).isCloseTo(alpha * 0.5 + 1 - alpha, within(1e-12));
                assertThat(image[at + 2]).isCloseTo(alpha * (0.5 - Splats.SH_0), within(1e-12));
            }
        }
    }

    @Test
    void laysTheNearerSplatOverTheFarther() {
        var scene = new TestScene(2, 0, 1);
        scene.numbers.put("means", new double[] {0, 0, 5, 0, 0, 4});
        scene.numbers.put("logScales", filled(6, 2));
        scene.numbers.put("opacities", new double[] {100, 0});
        scene.numbers.put("sh", new double[] {1, 1, 1, 0, 0, 0});
        double[] image = image(scene, axis(3, 3, 3), OPTIONS);
        double white = 0.5 + Splats.SH_0;
        // α of the splat behind is cut to 0.99
        assertThat(image[12]).isCloseTo(0.5 * 0.5 + 0.5 * 0.99 * white, within(1e-3));
    }

    @Test
    void agreesWithTheReferenceInFloat32() {
        var scene = new TestScene(40, 3, 5);
        View view = TestScene.pinhole();
        double[] expected = image(scene, view, OPTIONS, new ReferenceBackend(), ElementType.F64);
        double[] actual = image(scene, view, OPTIONS, new CpuBackend(), ElementType.F32);
        for (int k = 0; k < expected.length; k++) {
            assertThat(actual[k]).isCloseTo(expected[k], within(2e-5));
        }
    }

    @Test
    void leavesOutWhatIsNoNumberOrBehindTheCamera() {
        var scene = new TestScene(6, 1, 5);
        View view = TestScene.pinhole();
        var with = new TestScene(12, 1, 5);
        scene.numbers.forEach(
                (name, values) -> {
                    double[] more = with.numbers.get(name);
                    System.arraycopy(values, 0, more, 0, values.length);
                    System.arraycopy(values, 0, more, values.length, values.length);
                });
        with.numbers.get("means")[6 * 3] = Double.NaN;
        with.numbers.get("logScales")[7 * 3 + 1] = Double.NaN;
        with.numbers.get("rotations")[8 * 4 + 2] = Double.NaN;
        with.numbers.get("opacities")[9] = Double.NaN;
        with.numbers.get("means")[10 * 3 + 2] = -50;
        with.numbers.get("means")[11 * 3 + 1] = Double.POSITIVE_INFINITY;
        for (Backend backend : new Backend[] {new ReferenceBackend(), new CpuBackend()}) {
            double[] expected = image(scene, view, OPTIONS, backend, ElementType.F32);
            double[] actual = image(with, view, OPTIONS, backend, ElementType.F32);
            assertThat(actual).containsExactly(expected, within(1e-6));
        }
    }

    @Test
    void survivesScalesOf1e30AndQuaternionsOfLengthZero() {
        var scene = new TestScene(3, 0, 5);
        scene.numbers.get("logScales")[0] = Math.log(1e30);
        Arrays.fill(scene.numbers.get("logScales"), 3, 6, Math.log(1e30));
        Arrays.fill(scene.numbers.get("rotations"), 0, 8, 0);
        scene.numbers.get("opacities")[2] = Double.POSITIVE_INFINITY;
        for (Backend backend : new Backend[] {new ReferenceBackend(), new CpuBackend()}) {
            double[] seen = image(scene, TestScene.pinhole(), OPTIONS, backend, ElementType.F32);
            assertThat(Arrays.stream(seen).allMatch(v -> v >= 0 && v < 10)).isTrue();
        }
    }

    /** Variances of 3e25 and 0.3 squared pixels, whose determinant float32 holds. */
    @Test
    void drawsNeedlesAsTheyAre() {
        var scene = new TestScene(1, 0, 1);
        scene.numbers.put("means", new double[] {0, 0, 4});
        scene.numbers.put("logScales", new double[] {-3, 27, -3});
        scene.numbers.put("rotations", new double[] {1, 0, 0, 0});
        scene.numbers.put("opacities", new double[] {2});
        double[] expected = image(scene, axis(9, 9, 40), OPTIONS);
        double[] actual = image(scene, axis(9, 9, 40), OPTIONS, new CpuBackend(), ElementType.F32);
        assertThat(expected[3 * 4]).isGreaterThan(0.3);
        assertThat(expected[0]).isLessThan(0.01);
        assertThat(actual).containsExactly(expected, within(1e-4));
    }

    private static double[] filled(int n, double value) {
        var values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    static View axis(int width, int height, double focal) {
        var camera =
                new Camera(
                        width,
                        height,
                        focal,
                        focal,
                        width / 2.0,
                        height / 2.0,
                        Camera.Lens.PERSPECTIVE);
        return new View("axis", camera, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);
    }

    /** The whole sphere, seen from the origin. */
    static View panorama(int width, int height) {
        var camera =
                new Camera(
                        width,
                        height,
                        width / (2 * Math.PI),
                        height / Math.PI,
                        width / 2.0,
                        height / 2.0,
                        Camera.Lens.EQUIRECTANGULAR);
        return new View(
                "panorama", camera, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);
    }

    static double[] image(TestScene scene, View view, RenderOptions options) {
        return image(scene, view, options, new ReferenceBackend(), ElementType.F64);
    }

    static double[] image(
            TestScene scene, View view, RenderOptions options, Backend backend, ElementType type) {
        try (var compute = BackendCompute.on(backend);
                Tape tape = compute.tape()) {
            var nodes = TestScene.nodes(tape, scene.upload(compute, type));
            return TestScene.read(
                    new TapeRenderer().render(tape, nodes, view, options).image().buffer());
        }
    }
}
