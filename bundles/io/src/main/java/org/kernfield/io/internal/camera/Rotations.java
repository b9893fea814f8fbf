package org.kernfield.io.internal.camera;

import org.kernfield.scene.Rotation;

/** Rotation matrices, 3 × 3, row-major. */
final class Rotations {
    private Rotations() {}

    /**
     * Of a quaternion, of unit length or not.
     *
     * @throws IllegalArgumentException if it has no direction
     */
    static double[] ofQuaternion(double w, double x, double y, double z) {
        double norm = w * w + x * x + y * y + z * z;
        if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a rotation without a direction");
        }
        return Rotation.matrix(w, x, y, z);
    }

    /** Of a vector along the axis, as long as the angle in radians (O. Rodrigues 1840). */
    static double[] ofVector(double x, double y, double z) {
        double angle = Math.sqrt(x * x + y * y + z * z);
        double s = angle == 0 ? 0.5 : Math.sin(angle / 2) / angle;
        return ofQuaternion(Math.cos(angle / 2), s * x, s * y, s * z);
    }

    /**
     * A camera's place in the world made the world's place before the camera.
     *
     * @param m camera to world, rows of 4, of which three are read
     * @param signs of the camera's axes, x, y, z
     * @param rotation receives world to camera
     * @param translation receives world to camera
     * @throws IllegalArgumentException if it is no rotation with an equal scale
     */
    static void invert(double[] m, int[] signs, double[] rotation, double[] translation) {
        for (int axis = 0; axis < 3; axis++) {
            double norm = Math.sqrt(dot(m, axis, axis));
            for (int k = 0; k < 3; k++) {
                rotation[3 * axis + k] = signs[axis] * m[4 * k + axis] / norm;
            }
            if (!(norm > 0) || Math.abs(dot(m, axis, (axis + 1) % 3)) > 1e-2 * norm * norm) {
                throw new IllegalArgumentException("a camera matrix that is no rotation");
            }
        }
        for (int r = 0; r < 3; r++) {
            translation[r] = 0;
            for (int k = 0; k < 3; k++) {
                translation[r] -= rotation[3 * r + k] * m[4 * k + 3];
            }
        }
    }

    private static double dot(double[] m, int a, int b) {
        return m[a] * m[b] + m[4 + a] * m[4 + b] + m[8 + a] * m[8 + b];
    }
}
