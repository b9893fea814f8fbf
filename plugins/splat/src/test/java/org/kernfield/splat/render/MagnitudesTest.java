package org.kernfield.splat.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Pullback;
import org.kernfield.backend.Tape;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.reference.ReferenceBackend;
import org.kernfield.splat.RenderOptions;
import org.kernfield.splat.SplatPicture;
import org.kernfield.testkit.BackendCompute;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Sums over pixels of the absolute gradients of centres, against pixels taken one by one. */
class MagnitudesTest {
    private static final int PIXELS = TestScene.WIDTH * TestScene.HEIGHT;
    private static final RenderOptions OPTIONS =
            RenderOptions.usual().withBackground(0.2, 0.5, 0.9);

    private final double[] weights = TestScene.gaussian(new SplittableRandom(11), 3 * PIXELS, 0, 1);

    /** Gradient and magnitude of the centres for a cotangent of the picture. */
    private static double[][] pulls(Backend backend, ElementType type, double[] cotangent) {
        var scene = new TestScene(6, 1, 7);
        try (var compute = BackendCompute.on(backend);
                Tape tape = compute.tape()) {
            var nodes = TestScene.nodes(tape, scene.upload(compute, type));
            SplatPicture picture =
                    new TapeRenderer().render(tape, nodes, TestScene.pinhole(), OPTIONS);
            Buffer weights = compute.allocate(type, PIXELS, 3);
            weights.write(Array.of(3, cotangent));
            Pullback back =
                    tape.backward(
                            Map.of(picture.image(), weights),
                            List.of(picture.centres(), nodes.means()),
                            List.of(picture.centres()));
            return new double[][] {
                TestScene.read(back.gradients().get(picture.centres())),
                TestScene.read(back.magnitudes().get(picture.centres()))
            };
        }
    }

    private double[] oneByOne() {
        double[] sum = null;
        for (int p = 0; p < PIXELS; p++) {
            var cotangent = new double[weights.length];
            System.arraycopy(weights, 3 * p, cotangent, 3 * p, 3);
            double[] gradient = pulls(new ReferenceBackend(), ElementType.F64, cotangent)[0];
            sum = sum == null ? new double[gradient.length] : sum;
            for (int k = 0; k < sum.length; k++) {
                sum[k] += Math.abs(gradient[k]);
            }
        }
        return sum;
    }

    @Test
    void areTheSumsOfEachPixelsOwn() {
        double[] expected = oneByOne();
        double[][] inDouble = pulls(new ReferenceBackend(), ElementType.F64, weights);
        double[][] inSingle = pulls(new CpuBackend(), ElementType.F32, weights);
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, e);
        }
        int cancelled = 0;
        for (int k = 0; k < expected.length; k++) {
            assertThat(inDouble[1][k]).isCloseTo(expected[k], within(1e-12 * largest));
            assertThat(inSingle[1][k]).isCloseTo(expected[k], within(1e-5 * largest));
            assertThat(inSingle[0][k]).isCloseTo(inDouble[0][k], within(1e-5 * largest));
            cancelled += Math.abs(inDouble[0][k]) < 0.5 * expected[k] ? 1 : 0;
        }
        assertThat(cancelled).as("gradients that cancel by half").isPositive();
    }
}
