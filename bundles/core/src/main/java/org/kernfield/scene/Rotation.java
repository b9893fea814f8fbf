package org.kernfield.scene;

/** Rotations as quaternions and as matrices. */
public final class Rotation {
    private Rotation() {}

    /**
     * The matrix of a quaternion w, x, y, z of any length.
     *
     * @return 3 × 3, row-major; the identity for a quaternion without a direction
     */
    public static double[] matrix(double w, double x, double y, double z) {
        double norm = w * w + x * x + y * y + z * z;
        double s = norm > 0 && norm < Double.POSITIVE_INFINITY ? 2 / norm : 0;
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
