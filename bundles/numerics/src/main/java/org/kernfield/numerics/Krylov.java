package org.kernfield.numerics;

/** Plain vector arithmetic, sums in order. */
final class Krylov {
    private Krylov() {}

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }

    static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    /** y ← y + α·x. */
    static void axpy(double alpha, double[] x, double[] y) {
        for (int k = 0; k < x.length; k++) {
            y[k] += alpha * x[k];
        }
    }

    static void scale(double alpha, double[] x) {
        for (int k = 0; k < x.length; k++) {
            x[k] *= alpha;
        }
    }

    /** Makes a vector as long as 1, unless it is 0; returns how long it was. */
    static double normalise(double[] x) {
        double length = norm(x);
        if (length > 0) {
            scale(1 / length, x);
        }
        return length;
    }
}
