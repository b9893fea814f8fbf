package org.kernfield.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RingTest {
    /** Five splats on a cross in the plane y = 2 around (1, 2, 3), and one without a place. */
    private static Splats cross() {
        Splats splats = Splats.allocate(6, 0);
        float[] means = {1, 2, 3, 1.5f, 2, 3, 0.5f, 2, 3, 1, 2, 3.5f, 1, 2, 2.5f, Float.NaN, 2, 3};
        System.arraycopy(means, 0, splats.means(), 0, means.length);
        return splats;
    }

    @Test
    void standsAtThreeMedianDistances() {
        Ring ring = Ring.around(cross());
        assertThat(ring.centre()).containsExactly(1, 2, 3);
        assertThat(ring.radius()).isEqualTo(1.5);
    }

    @Test
    void camerasStandTwentyDegreesAboveTheHorizonAndLookAtTheCentre() {
        var ring = new Ring(new double[] {1, 2, 3}, 10);
        for (int k = 0; k < Ring.VIEWS; k++) {
            View view = ring.view(k, Ring.VIEWS, 640, 480);
            double[] eye = view.centre();
            assertThat(Math.hypot(eye[0] - 1, eye[2] - 3))
                    .isCloseTo(10 * Math.cos(Math.toRadians(20)), within(1e-12));
            // up is −y
            assertThat(eye[1]).isCloseTo(2 - 10 * Math.sin(Math.toRadians(20)), within(1e-12));
            double[] r = view.rotation();
            double[] t = view.translation();
            for (int row = 0; row < 3; row++) {
                double seen = r[3 * row] + 2 * r[3 * row + 1] + 3 * r[3 * row + 2] + t[row];
                assertThat(seen).isCloseTo(row == 2 ? 10 : 0, within(1e-12));
            }
            assertThat(determinant(r)).isCloseTo(1, within(1e-12));
        }
        assertThat(ring.view(0, 8, 640, 480).rotation()[0]).isEqualTo(1);
        assertThat(ring.view(2, 8, 640, 480).centre()[0]).isGreaterThan(9);
    }

    private static double determinant(double[] r) {
        return r[0] * (r[4] * r[8] - r[5] * r[7])
                - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
    }

    @Test
    void seesFiftyDegreesAcross() {
        Camera camera = new Ring(new double[3], 1).view(0, 8, 640, 480).camera();
        assertThat(2 * Math.toDegrees(Math.atan(320 / camera.fx()))).isCloseTo(50, within(1e-9));
        assertThat(camera.cy()).isEqualTo(240);
    }

    @Test
    void keepsItsDistanceFromASingleSplat() {
        Splats one = Splats.allocate(1, 0);
        assertThat(Ring.around(one).radius()).isEqualTo(20);
        assertThat(Ring.around(Splats.allocate(0, 0)).radius()).isPositive();
    }
}
