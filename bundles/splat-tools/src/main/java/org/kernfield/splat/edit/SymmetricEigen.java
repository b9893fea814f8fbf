package org.kernfield.splat.edit;

/** Eigenvalues and eigenvectors of a symmetric matrix of 3 × 3, by Jacobi's rotations. */
final class SymmetricEigen {
    private static final int SWEEPS = 30;

    /** Eigenvalues, in no order. */
    final double[] values;

    /** A rotation matrix, row-major, whose columns are the eigenvectors. */
    final double[] vectors;

    /**
     * @param matrix xx, xy, xz, yy, yz, zz
     */
    SymmetricEigen(double[] matrix) {
        double[] a = {
            matrix[0], matrix[1], matrix[2],
            matrix[1], matrix[3], matrix[4],
            matrix[2], matrix[4], matrix[5]
        };
        vectors = new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double size = Math.abs(a[0]) + Math.abs(a[4]) + Math.abs(a[8]);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = Math.abs(a[1]) + Math.abs(a[2]) + Math.abs(a[5]);
            if (!(off > 1e-300 + 1e-18 * size)) {
                break;
            }
            rotate(a, 0, 1);
            rotate(a, 0, 2);
            rotate(a, 1, 2);
        }
        values = new double[] {a[0], a[4], a[8]};
    }

    /** Makes the element p, q zero: tan 2θ = 2 a_pq/(a_qq − a_pp). */
    private void rotate(double[] a, int p, int q) {
        double apq = a[3 * p + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[4 * q] - a[4 * p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < 3; k++) {
            turn(a, 3 * k + p, 3 * k + q, c, s);
            turn(vectors, 3 * k + p, 3 * k + q, c, s);
        }
        for (int k = 0; k < 3; k++) {
            turn(a, 3 * p + k, 3 * q + k, c, s);
        }
    }

    private static void turn(double[] a, int i, int j, double c, double s) {
        double x = a[i];
        double y = a[j];
        a[i] = c * x - s * y;
        a[j] = s * x + c * y;
    }
}
