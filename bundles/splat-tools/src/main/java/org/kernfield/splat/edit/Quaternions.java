package org.kernfield.splat.edit;

/** Rotations as quaternions w, x, y, z and as matrices of 3 × 3, row-major. */
final class Quaternions {
    private Quaternions() {}

    /** A turn about an axis, by the right-hand rule, in radians. */
    static double[] turn(double[] axis, double angle) {
        double length = Math.hypot(Math.hypot(axis[0], axis[1]), axis[2]);
        double s = Math.sin(angle / 2) / length;
        return new double[] {Math.cos(angle / 2), s * axis[0], s * axis[1], s * axis[2]};
    }

    /** The turn {@code b}, then {@code a}. */
    static double[] product(double[] a, double[] b) {
        return new double[] {
            a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
            a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
            a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
            a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0]
        };
    }

    /**
     * The quaternion of a rotation matrix, w not negative: of the four forms that solve for it the
     * one that divides by the largest component (S. W. Shepperd 1978).
     */
    static double[] of(double[] m) {
        double trace = m[0] + m[4] + m[8];
        double[] squares = {
            1 + trace, 1 + 2 * m[0] - trace, 1 + 2 * m[4] - trace, 1 + 2 * m[8] - trace
        };
        int largest = 0;
        for (int k = 1; k < 4; k++) {
            largest = squares[k] > squares[largest] ? k : largest;
        }
        double[] q =
                switch (largest) {
                    case 0 -> new double[] {squares[0], m[7] - m[5], m[2] - m[6], m[3] - m[1]};
                    case 1 -> new double[] {m[7] - m[5], squares[1], m[1] + m[3], m[2] + m[6]};
                    case 2 -> new double[] {m[2] - m[6], m[1] + m[3], squares[2], m[5] + m[7]};
                    default -> new double[] {m[3] - m[1], m[2] + m[6], m[5] + m[7], squares[3]};
                };
        double scale = (q[0] < 0 ? -0.5 : 0.5) / Math.sqrt(squares[largest]);
        for (int k = 0; k < 4; k++) {
            q[k] *= scale;
        }
        return q;
    }
}
