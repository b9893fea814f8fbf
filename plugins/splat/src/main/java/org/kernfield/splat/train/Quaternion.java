package org.kernfield.splat.train;

/** Rotations as quaternions w, x, y, z of any length. */
final class Quaternion {
    private Quaternion() {}

    /** The rotation matrix, 3 × 3, row-major; the identity for a quaternion of length 0. */
    static double[] matrix(float[] q, int at) {
        double w = q[at];
        double x = q[at + 1];
        double y = q[at + 2];
        double z = q[at + 3];
        double squared = w * w + x * x + y * y + z * z;
        double s = squared > 0 ? 2 / squared : 0;
        return new double[] {
            1 - s * (y * y + z * z),
            s * (x * y - w * z),
            s * (x * z + w * y),
            s * (x * y + w * z),
            1 - s * (x * x + z * z),
            s * (y * z - w * x),
            s * (x * z - w * y),
            s * (y * z + w * x),
            1 - s * (x * x + y * y)
        };
    }
}
