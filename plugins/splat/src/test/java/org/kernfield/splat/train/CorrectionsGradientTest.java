package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Tape;
import org.kernfield.backend.TapeArgs;
import org.kernfield.kernel.Precision;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatNodes;
import org.kernfield.splat.render.TapeRenderer;
import org.kernfield.testkit.BackendCompute;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Gradients of a picture by its camera's correction and its exposure, against central differences
 * of the same picture in float64.
 */
class CorrectionsGradientTest {
    private static final int SIZE = 12;
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-4;

    private static final Reduction POSE = Reduction.map(Poses.kernel(Precision.F64));
    private static final Reduction EXPOSURE = Reduction.map(Exposures.kernel(Precision.F64));

    private final Splats splats = SyntheticScene.splats(5, 3);
    private final View view = SyntheticScene.view(1, 7, SIZE);
    private final double[] correction = {0.02, -0.03, 0.01, 0.05, -0.02, 0.04};
    private final double[] exposure = {
        1.1, 0.02, -0.03, 0.05, 0.01, 0.9, 0.04, -0.02, 0, 0.03, 1.05, 0.01
    };
    private final double[] weights =
            new SplittableRandom(5).doubles(3 * SIZE * SIZE, -1, 1).toArray();

    private static Tape.Node variable(Tape tape, BackendCompute compute, Array array) {
        Buffer buffer = compute.allocate(ElementType.F64, array.rows(), array.width());
        buffer.write(array);
        return tape.variable(buffer);
    }

    /** The loss, then its gradient by what is named. */
    private double[] loss(String name) {
        try (var compute = BackendCompute.on(new ReferenceBackend());
                Tape tape = compute.tape()) {
            var nodes = new LinkedHashMap<String, Tape.Node>();
            splats.arrays().forEach((n, a) -> nodes.put(n, variable(tape, compute, a)));
            nodes.put("correction", variable(tape, compute, Array.of(6, correction)));
            nodes.put("exposure", variable(tape, compute, Array.of(12, exposure)));
            Tape.Node seen = recorded(tape, nodes);
            Buffer cotangent = compute.allocate(ElementType.F64, (long) SIZE * SIZE, 3);
            cotangent.write(Array.of(3, weights));
            double sum = 0;
            double[] values = read(seen.buffer());
            for (int k = 0; k < values.length; k++) {
                sum += weights[k] * values[k];
            }
            var gradient =
                    tape.backward(Map.of(seen, cotangent), List.of(nodes.get(name)))
                            .get(nodes.get(name));
            double[] all = read(gradient);
            var result = new double[all.length + 1];
            result[0] = sum;
            System.arraycopy(all, 0, result, 1, all.length);
            return result;
        }
    }

    private Tape.Node recorded(Tape tape, Map<String, Tape.Node> nodes) {
        var pose = Arrays.copyOf(view.rotation(), 12);
        System.arraycopy(view.translation(), 0, pose, 9, 3);
        Tape.Node corrected =
                tape.reduce(
                                POSE,
                                TapeArgs.rows(1)
                                        .with("correction", nodes.get("correction"))
                                        .with("pose", pose))
                        .get("corrected");
        var before =
                new SplatNodes(
                                nodes.get("means"),
                                nodes.get("logScales"),
                                nodes.get("rotations"),
                                nodes.get("opacities"),
                                nodes.get("sh"))
                        .withPose(corrected);
        var picture =
                new TapeRenderer()
                        .render(tape, before, view, RenderOptions.usual().withBackground(1, 1, 1));
        return tape.reduce(
                        EXPOSURE,
                        TapeArgs.rows((long) SIZE * SIZE)
                                .with("rendered", picture.image())
                                .with("exposure", nodes.get("exposure")))
                .get("exposed");
    }

    private static double[] read(Buffer buffer) {
        Array array = Array.zeros(ElementType.F64, buffer.rows(), buffer.width());
        buffer.read(array);
        var values = new double[Math.toIntExact(array.elements())];
        Arrays.setAll(values, array::get);
        return values;
    }

    private void check(String name, double[] numbers) {
        double[] gradient = loss(name);
        double largest = 0;
        for (int k = 1; k < gradient.length; k++) {
            largest = Math.max(largest, Math.abs(gradient[k]));
        }
        assertThat(largest).isGreaterThan(1e-2);
        for (int k = 0; k < numbers.length; k++) {
            double middle = numbers[k];
            numbers[k] = middle + STEP;
            double above = loss(name)[0];
            numbers[k] = middle - STEP;
            double below = loss(name)[0];
            numbers[k] = middle;
            assertThat(gradient[1 + k])
                    .as("%s[%d]", name, k)
                    .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE * largest));
        }
    }

    @Test
    void byTheCorrectionOfThePose() {
        check("correction", correction);
    }

    @Test
    void byTheExposure() {
        check("exposure", exposure);
    }

    /** A quarter turn about z has tan(θ/2) = 1, so ω = (0, 0, 2). */
    @Test
    void turnsByCayleysMap() {
        try (var compute = BackendCompute.on(new ReferenceBackend());
                Tape tape = compute.tape()) {
            double[] pose = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 5};
            Tape.Node quarter = variable(tape, compute, Array.of(6, 0.0, 0.0, 2.0, 0.5, 0.0, 0.0));
            double[] corrected =
                    read(
                            tape.reduce(
                                            POSE,
                                            TapeArgs.rows(1)
                                                    .with("correction", quarter)
                                                    .with("pose", pose))
                                    .get("corrected")
                                    .buffer());
            double[] expected = {0, -1, 0, 1, 0, 0, 0, 0, 1, 0.5, 1, 5};
            assertThat(corrected).containsExactly(expected, within(1e-12));
        }
    }
}
