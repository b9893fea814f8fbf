package org.kernfield.splat.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Tape;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.splat.Channel;
import org.kernfield.splat.Primitive;
import org.kernfield.splat.RenderOptions;
import org.kernfield.testkit.BackendCompute;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What the primitives look like. */
class PrimitiveTest {
    private static final RenderOptions OPTIONS =
            RenderOptions.usual().withBackground(0.2, 0.5, 0.9);

    private final TapeRenderer renderer = new TapeRenderer();

    @Test
    void generalisedExponentialsBeginAsGaussians() {
        Primitive ges = renderer.primitive("ges");
        var scene = new TestScene(5, 1, 4);
        double[] expected = RendererTest.image(scene, TestScene.pinhole(), OPTIONS);
        var shaped = new double[5];
        Arrays.fill(shaped, ges.initialAttributes()[0]);
        scene.numbers.put("attributes", shaped);
        double[] actual =
                RendererTest.image(scene, TestScene.pinhole(), OPTIONS.withPrimitive(ges));
        assertThat(actual).containsExactly(expected, within(1e-9));
    }

    @Test
    void generalisedExponentialsHaveGradients() {
        var scene = new TestScene(4, 0, 7);
        scene.numbers.put("attributes", new double[] {-2, -1, 0, 1});
        RendererGradientTest.check(
                scene, TestScene.pinhole(), OPTIONS.withPrimitive(renderer.primitive("ges")));
    }

    /** The ray of each pixel against the plane, as in a ray tracer. */
    @Test
    void surfelsAreMetWhereTheRayMeetsTheirPlane() {
        var scene = new TestScene(1, 0, 3);
        scene.numbers.put("means", new double[] {0.2, -0.1, 2});
        scene.numbers.put("logScales", new double[] {Math.log(0.5), Math.log(0.3), -9});
        double turn = 0.9;
        scene.numbers.put("rotations", new double[] {Math.cos(turn / 2), 0, Math.sin(turn / 2), 0});
        scene.numbers.put("opacities", new double[] {2});
        scene.numbers.put("sh", new double[] {0, 0, 0});
        var view = RendererTest.axis(31, 31, 40);
        double[] image =
                RendererTest.image(
                        scene,
                        view,
                        RenderOptions.usual().withPrimitive(renderer.primitive("surfel")));
        // turned about y: first axis (cos, 0, −sin), second y, normal (sin, 0, cos)
        double c = Math.cos(turn);
        double s = Math.sin(turn);
        for (int v = 0; v < 31; v++) {
            for (int u = 0; u < 31; u++) {
                double x = (u - 15) / 40.0;
                double y = (v - 15) / 40.0;
                double t = (0.2 * s + 2 * c) / (x * s + c);
                double along = ((t * x - 0.2) * c - (t - 2) * s) / 0.5;
                double across = (t * y + 0.1) / 0.3;
                double dx = u + 0.5 - (40 * 0.2 / 2 + 15.5);
                double dy = v + 0.5 - (40 * -0.1 / 2 + 15.5);
                double d = Math.min(along * along + across * across, (dx * dx + dy * dy) / 0.3);
                double alpha = Math.exp(-0.5 * d) / (1 + Math.exp(-2));
                double expected = alpha < 1.0 / 255 ? 0 : 0.5 * alpha;
                assertThat(image[3 * (31 * v + u)]).isCloseTo(expected, within(1e-9));
            }
        }
    }

    /** Whatever the scale that says nothing. */
    @Test
    void normalsOfSurfelsAreTheirThirdAxes() {
        for (double third : new double[] {-90, -2, 3}) {
            var scene = new TestScene(1, 0, 3);
            scene.numbers.put("means", new double[] {0, 0, 2});
            scene.numbers.put("logScales", new double[] {0, -1, third});
            double turn = 0.4;
            scene.numbers.put(
                    "rotations", new double[] {Math.cos(turn / 2), 0, Math.sin(turn / 2), 0});
            scene.numbers.put("opacities", new double[] {2});
            var options = OPTIONS.withPrimitive(renderer.primitive("surfel")).with(Channel.NORMAL);
            try (var compute = BackendCompute.on(new CpuBackend());
                    Tape tape = compute.tape()) {
                var nodes = TestScene.nodes(tape, scene.upload(compute, ElementType.F32));
                var picture = renderer.render(tape, nodes, RendererTest.axis(3, 3, 3), options);
                double[] normals = TestScene.read(picture.channels().get(Channel.NORMAL).buffer());
                assertThat(normals[12] / normals[14]).isCloseTo(Math.tan(turn), within(1e-5));
                assertThat(normals[14]).isNegative();
            }
        }
    }

    @Test
    void surfelsHaveGradients() {
        var scene = new TestScene(4, 0, 7);
        RendererGradientTest.check(
                scene, TestScene.pinhole(), OPTIONS.withPrimitive(renderer.primitive("surfel")));
    }

    /** What the box leaves out is what the formula does not show. */
    @Test
    void boxesHoldAllThatIsSeen() {
        for (String name : new String[] {"gaussian", "ges", "surfel"}) {
            Primitive primitive = renderer.primitive(name);
            var scene = new TestScene(60, 0, 8);
            if (primitive.attributes() > 0) {
                scene.numbers.put(
                        "attributes", TestScene.gaussian(new SplittableRandom(2), 60, -1, 1));
            }
            assertThat(seen(scene, primitive, new CpuBackend()))
                    .as(name)
                    .containsExactly(seen(scene, primitive, new ReferenceBackend()), within(1e-4));
            assertThat(everywhere(scene, primitive))
                    .as(name)
                    .containsExactly(seen(scene, primitive, new ReferenceBackend()), within(1e-6));
        }
    }

    private static double[] seen(TestScene scene, Primitive primitive, Backend backend) {
        return RendererTest.image(
                scene,
                TestScene.pinhole(),
                OPTIONS.withPrimitive(primitive),
                backend,
                ElementType.F32);
    }

    /** The picture with every splat visited at every pixel. */
    private double[] everywhere(TestScene scene, Primitive primitive) {
        try (var compute = BackendCompute.on(new ReferenceBackend());
                Tape tape = new Tape(new Unboxed(compute, Neighbourhood.ALL))) {
            var nodes = TestScene.nodes(tape, scene.upload(compute, ElementType.F32));
            var picture =
                    renderer.render(
                            tape, nodes, TestScene.pinhole(), OPTIONS.withPrimitive(primitive));
            return TestScene.read(picture.image().buffer());
        }
    }

    @Test
    void namesThePrimitivesThatThereAre() {
        assertThatThrownBy(() -> renderer.primitive("gausian"))
                .hasMessageContaining("did you mean gaussian?");
    }
}
