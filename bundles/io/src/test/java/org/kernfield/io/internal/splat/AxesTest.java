package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Splats;

/** A colour seen from a direction is the same when both are turned. */
class AxesTest {
    private static final Axes[] ALL = {Axes.RUB, Axes.LUF, Axes.LDB, Axes.RDF};

    /** Polynomials of the harmonics in the order of 3DGS, without their factors. */
    private static double[] basis(double x, double y, double z) {
        double xx = x * x;
        double yy = y * y;
        double zz = z * z;
        return new double[] {
            1,
            -y,
            z,
            -x,
            x * y,
            y * z,
            2 * zz - xx - yy,
            x * z,
            xx - yy,
            y * (3 * xx - yy),
            x * y * z,
            y * (4 * zz - xx - yy),
            z * (2 * zz - 3 * xx - 3 * yy),
            x * (4 * zz - xx - yy),
            z * (xx - yy),
            x * (xx - 3 * yy)
        };
    }

    @Test
    void turnsColoursWithTheirDirections() {
        double[] seen = {0.3, -0.5, 0.8};
        for (Axes axes : ALL) {
            Splats splats = SomeSplats.of(1, 3, 9);
            double before = colour(splats, seen[0], seen[1], seen[2]);
            axes.turn(splats);
            double after =
                    colour(splats, axes.x() * seen[0], axes.y() * seen[1], axes.z() * seen[2]);
            assertThat(after).isCloseTo(before, within(1e-6));
        }
    }

    private static double colour(Splats splats, double x, double y, double z) {
        double sum = 0;
        double[] basis = basis(x, y, z);
        for (int k = 0; k < basis.length; k++) {
            sum += basis[k] * splats.sh()[3 * k];
        }
        return sum;
    }

    /** The long axis of a splat: the first column of its rotation. */
    @Test
    void turnsAxesOfSplatsWithTheirMeans() {
        for (Axes axes : ALL) {
            Splats splats = SomeSplats.of(1, 0, 10);
            double[] before = firstAxis(splats.rotations());
            axes.turn(splats);
            double[] after = firstAxis(splats.rotations());
            double[] turned = {axes.x() * before[0], axes.y() * before[1], axes.z() * before[2]};
            // an axis has no direction: either sign is the same splat
            double cosine = after[0] * turned[0] + after[1] * turned[1] + after[2] * turned[2];
            assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-6));
        }
    }

    private static double[] firstAxis(float[] q) {
        return new double[] {
            1 - 2 * (q[2] * q[2] + q[3] * q[3]),
            2 * (q[1] * q[2] + q[0] * q[3]),
            2 * (q[1] * q[3] - q[0] * q[2])
        };
    }

    /** Degree 4: xy(xx − yy), then yz(3xx − yy) … by their parities in x, y and z. */
    @Test
    void knowsTheSignsOfDegree4() {
        assertThat(Axes.RUB.harmonics(4)).endsWith(-1, 1, -1, 1, 1, -1, 1, -1, 1);
    }
}
