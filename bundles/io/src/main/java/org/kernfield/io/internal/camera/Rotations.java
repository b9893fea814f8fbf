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

    /**
     * The unit quaternion w, x, y, z of a rotation matrix, w at least 0, from the component that is
     * largest (S. W. Shepperd 1978).
     */
    static double[] quaternion(double[] r) {
        // 4w², 4x², 4y², 4z²
        double[] squares = {
            1 + r[0] + r[4] + r[8],
            1 + r[0] - r[4] - r[8],
            1 - r[0] + r[4] - r[8],
            1 - r[0] - r[4] + r[8]
        };
        // 4 times the products of two different components
        double[][] products = {
            {squares[0], r[7] - r[5], r[2] - r[6], r[3] - r[1]},
            {r[7] - r[5], squares[1], r[1] + r[3], r[2] + r[6]},
            {r[2] - r[6], r[1] + r[3], squares[2], r[5] + r[7]},
            {r[3] - r[1], r[2] + r[6], r[5] + r[7], squares[3]}
        };
        int largest = 0;
        for (int k = 1; k < 4; k++) {
            largest = squares[k] > squares[largest] ? k : largest;
        }
        double[] q = products[largest];
        double norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        double sign = q[0] < 0 ? -1 : 1;
        return new double[] {
            sign * q[0] / norm, sign * q[1] / norm, sign * q[2] / norm, sign * q[3] / norm
        };
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
