package org.kernfield.splat.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.scene.Rotation;
import org.kernfield.scene.Splats;

class TransformTest {
    private static final double[] AXIS = {1, -2, 0.5};
    private static final double ANGLE = 0.9;

    private static double colour(Splats splats, int k, int channel, double[] d) {
        int n = Splats.coefficients(splats.degree());
        var values = new double[n];
        Harmonics.evaluate(splats.degree(), d[0], d[1], d[2], values);
        double sum = 0;
        for (int c = 0; c < n; c++) {
            sum += values[c] * splats.sh()[3 * (n * k + c) + channel];
        }
        return sum;
    }

    /** Rodrigues' formula, independent of quaternions. */
    private static double[] turned(double[] v, double angle) {
        double length = Math.sqrt(AXIS[0] * AXIS[0] + AXIS[1] * AXIS[1] + AXIS[2] * AXIS[2]);
        double[] u = {AXIS[0] / length, AXIS[1] / length, AXIS[2] / length};
        double dot = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        var w = new double[3];
        for (int k = 0; k < 3; k++) {
            int i = (k + 1) % 3;
            int j = (k + 2) % 3;
            w[k] = c * v[k] + s * (u[i] * v[j] - u[j] * v[i]) + (1 - c) * dot * u[k];
        }
        return w;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void coloursTurnWithTheScene(int degree) {
        Splats splats = RandomSplats.of(20, degree, degree);
        Splats rotated = Transform.rotation(AXIS, ANGLE).apply(splats);
        double[] d = {0.48, -0.6, 0.64};
        double[] back = turned(d, -ANGLE);
        for (int k = 0; k < splats.count(); k++) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(colour(rotated, k, channel, d))
                        .isCloseTo(colour(splats, k, channel, back), within(2e-6));
            }
        }
    }

    @Test
    void meansAndAxesFollow() {
        Splats splats = RandomSplats.of(10, 0, 3);
        Splats moved =
                new Transform(2.5, Quaternions.turn(AXIS, ANGLE), new double[] {1, 2, 3})
                        .apply(splats);
        for (int k = 0; k < splats.count(); k++) {
            double[] mean = {
                splats.means()[3 * k], splats.means()[3 * k + 1], splats.means()[3 * k + 2]
            };
            double[] expected = turned(mean, ANGLE);
            double[] own = matrix(splats, k);
            double[] now = matrix(moved, k);
            for (int c = 0; c < 3; c++) {
                assertThat((double) moved.means()[3 * k + c])
                        .isCloseTo(2.5 * expected[c] + c + 1, within(1e-5));
                assertThat(Math.exp(moved.logScales()[3 * k + c]))
                        .isCloseTo(2.5 * Math.exp(splats.logScales()[3 * k + c]), within(1e-6));
                double[] axis = turned(new double[] {own[c], own[3 + c], own[6 + c]}, ANGLE);
                for (int r = 0; r < 3; r++) {
                    assertThat(now[3 * r + c]).isCloseTo(axis[r], within(1e-6));
                }
            }
        }
    }

    private static double[] matrix(Splats splats, int k) {
        float[] q = splats.rotations();
        return Rotation.matrix(q[4 * k], q[4 * k + 1], q[4 * k + 2], q[4 * k + 3]);
    }

    @Test
    void quaternionsOfLengthZeroTurnAsNoRotationDoes() {
        Splats splats = RandomSplats.of(2, 0, 5);
        java.util.Arrays.fill(splats.rotations(), 0);
        splats.rotations()[4] = 1;
        Splats rotated = Transform.rotation(AXIS, ANGLE).apply(splats);
        assertThat(matrix(rotated, 0)).isEqualTo(matrix(rotated, 1));
        assertThat(matrix(rotated, 0)[0]).isLessThan(0.9);
    }

    @Test
    void leavesTheSplatsItWasGiven() {
        Splats splats = RandomSplats.of(10, 2, 4);
        float[] means = splats.means().clone();
        float[] sh = splats.sh().clone();
        Transform.rotation(AXIS, ANGLE).apply(splats);
        assertThat(splats.means()).isEqualTo(means);
        assertThat(splats.sh()).isEqualTo(sh);
    }

    @Test
    void refusesWhatIsNoSimilarity() {
        assertThatThrownBy(() -> Transform.scaling(-1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Transform.rotation(new double[3], 1))
                .hasMessageContaining("no direction");
        assertThatThrownBy(() -> Transform.translation(Double.NaN, 0, 0))
                .hasMessageContaining("not finite");
    }
}
