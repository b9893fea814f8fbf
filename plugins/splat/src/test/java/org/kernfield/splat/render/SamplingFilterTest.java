package org.kernfield.splat.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Camera.Lens;
import org.kernfield.scene.View;
import org.kernfield.splat.SamplingFilter;

import java.util.List;

/** Variances 0.2/ν² for means before cameras of 10 × 10 pixels that look along z. */
class SamplingFilterTest {
    private static final double NEAR = 0.01;

    private static View view(Lens lens, double focal, double distance) {
        var camera = new Camera(10, 10, focal, focal, 5, 5, lens);
        double[] ahead = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        return new View("view", camera, ahead, new double[] {0, 0, distance});
    }

    private static float variance(View view, float... mean) {
        return SamplingFilter.variances(mean, List.of(view), NEAR)[0];
    }

    private static void assertRate(float variance, double rate) {
        assertThat(variance).isCloseTo((float) (0.2 / (rate * rate)), within(1e-6f));
    }

    @Test
    void followsTheViewThatSeesAMeanLargest() {
        var views = List.of(view(Lens.PERSPECTIVE, 10, 2), view(Lens.PERSPECTIVE, 10, 5));
        // the second lies behind the nearer camera, the third behind both
        float[] means = {0, 0, 0, 0, 0, -3, 0, 0, -9};
        float[] variances = SamplingFilter.variances(means, views, NEAR);
        assertRate(variances[0], 10 / 2.0);
        assertRate(variances[1], 10 / 2.0);
        assertThat(variances[2]).isEqualTo(Math.max(variances[0], variances[1]));
    }

    @Test
    void passesOverViewsThatAMeanIsBeside() {
        assertRate(variance(view(Lens.PERSPECTIVE, 10, 2), 1.2f, 0, 0), 10 / 2.0);
        assertThat(variance(view(Lens.PERSPECTIVE, 10, 2), 1.5f, 0, 0)).isZero();
    }

    @Test
    void knowsEveryLens() {
        assertRate(variance(view(Lens.ORTHOGRAPHIC, 4, 7), 1, 0, 0), 4);
        assertThat(variance(view(Lens.ORTHOGRAPHIC, 4, 7), 2, 0, 0)).isZero();
        // 60 degrees to the side, 4 units away
        float x = (float) (4 * Math.sin(Math.PI / 3));
        float z = (float) (4 * Math.cos(Math.PI / 3));
        assertRate(variance(view(Lens.FISHEYE, 4, 0), x, 0, z), 4 / 4.0);
        assertThat(variance(view(Lens.FISHEYE, 8, 0), x, 0, z)).isZero();
        assertRate(variance(view(Lens.EQUIRECTANGULAR, 10 / Math.PI, 0), 0, 0, -5), 2 / Math.PI);
    }
}
