package org.kernfield.splat.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Tape;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.scene.View;
import org.kernfield.splat.Channel;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatPicture;
import org.kernfield.testkit.BackendCompute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Gradients against central differences of the same pictures in float64. */
class RendererGradientTest {
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-4;

    private static final RenderOptions OPTIONS =
            RenderOptions.usual().withBackground(0.2, 0.5, 0.9);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void ofEveryParameterThroughAPinhole(int degree) {
        check(new TestScene(4, degree, 7), TestScene.pinhole(), OPTIONS);
    }

    @Test
    void ofTheCamerasPose() {
        View view = TestScene.pinhole();
        var scene = new TestScene(4, 2, 7);
        var pose = new double[12];
        System.arraycopy(view.rotation(), 0, pose, 0, 9);
        System.arraycopy(view.translation(), 0, pose, 9, 3);
        scene.numbers.put("pose", pose);
        check(scene, view, OPTIONS);
    }

    @Test
    void withAntialiasingAndAFilterInSpace() {
        var scene = new TestScene(4, 0, 7);
        scene.numbers.put("filter", new double[] {0.01, 0.02, 0.005, 0.1});
        check(scene, TestScene.pinhole(), OPTIONS.withAntialiasing(true));
    }

    @Test
    void ofDepthsNormalsAndFeatures() {
        var scene = new TestScene(4, 0, 7);
        scene.numbers.put("features", TestScene.gaussian(new SplittableRandom(3), 4 * 5, 0, 1));
        check(
                scene,
                TestScene.pinhole(),
                OPTIONS.with(Channel.DEPTH, Channel.NORMAL, Channel.FEATURES));
    }

    static void check(TestScene scene, View view, RenderOptions options) {
        try (var compute = BackendCompute.on(new ReferenceBackend())) {
            Map<String, double[]> gradients = gradients(scene, view, options, compute);
            for (var entry : scene.numbers.entrySet()) {
                double[] values = entry.getValue();
                var expected = new double[values.length];
                for (int k = 0; k < values.length; k++) {
                    double middle = values[k];
                    values[k] = middle + STEP;
                    double above = loss(scene, view, options, compute);
                    values[k] = middle - STEP;
                    expected[k] = (above - loss(scene, view, options, compute)) / (2 * STEP);
                    values[k] = middle;
                }
                agree(entry.getKey(), gradients.get(entry.getKey()), expected);
            }
        }
    }

    private static void agree(String name, double[] actual, double[] expected) {
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        assertThat(largest).as("gradient of " + name).isGreaterThan(1e-3);
        for (int k = 0; k < expected.length; k++) {
            assertThat(actual[k])
                    .as("%s[%d]", name, k)
                    .isCloseTo(expected[k], within(TOLERANCE * largest));
        }
    }

    private static Map<String, double[]> gradients(
            TestScene scene, View view, RenderOptions options, BackendCompute compute) {
        try (Tape tape = compute.tape()) {
            var nodes = TestScene.nodes(tape, scene.upload(compute, ElementType.F64));
            SplatPicture picture = new TapeRenderer().render(tape, nodes, view, options);
            var cotangents = new LinkedHashMap<Tape.Node, Buffer>();
            for (Tape.Node seen : seen(picture)) {
                Buffer weights =
                        compute.allocate(
                                ElementType.F64, seen.buffer().rows(), seen.buffer().width());
                weights.write(Array.of(seen.buffer().width(), weights(seen)));
                cotangents.put(seen, weights);
            }
            var wrt = new ArrayList<Tape.Node>();
            scene.numbers.keySet().forEach(name -> wrt.add(TestScene.node(nodes, name)));
            var gradients = tape.backward(cotangents, wrt);
            var result = new LinkedHashMap<String, double[]>();
            scene.numbers
                    .keySet()
                    .forEach(
                            name ->
                                    result.put(
                                            name,
                                            TestScene.read(
                                                    gradients.get(TestScene.node(nodes, name)))));
            return result;
        }
    }

    /** A sum of everything that is seen with random weights. */
    private static double loss(
            TestScene scene, View view, RenderOptions options, BackendCompute compute) {
        try (Tape tape = compute.tape()) {
            var nodes = TestScene.nodes(tape, scene.upload(compute, ElementType.F64));
            SplatPicture picture = new TapeRenderer().render(tape, nodes, view, options);
            double sum = 0;
            for (Tape.Node seen : seen(picture)) {
                double[] values = TestScene.read(seen.buffer());
                double[] weights = weights(seen);
                for (int k = 0; k < values.length; k++) {
                    sum += weights[k] * values[k];
                }
            }
            return sum;
        }
    }

    private static List<Tape.Node> seen(SplatPicture picture) {
        var seen = new ArrayList<Tape.Node>(List.of(picture.image(), picture.transmittance()));
        for (Channel channel : Channel.values()) {
            if (picture.channels().containsKey(channel)) {
                seen.add(picture.channels().get(channel));
            }
        }
        return seen;
    }

    private static double[] weights(Tape.Node node) {
        int n = Math.toIntExact(node.buffer().rows() * node.buffer().width());
        return TestScene.gaussian(new SplittableRandom(11), n, 0, 1);
    }
}
