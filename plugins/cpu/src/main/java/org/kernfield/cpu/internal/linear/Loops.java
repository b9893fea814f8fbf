package org.kernfield.cpu.internal.linear;

/** Plain loops over float64 rows, shaped so that the compiler makes vectors of them. */
final class Loops {
    private Loops() {}

    /** Σ x_k·y_k in four partial sums, so that one addition need not wait for the last. */
    static double dot(double[] x, int at, double[] y, int from, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k + 4 <= length; k += 4) {
            a += x[at + k] * y[from + k];
            b += x[at + k + 1] * y[from + k + 1];
            c += x[at + k + 2] * y[from + k + 2];
            d += x[at + k + 3] * y[from + k + 3];
        }
        for (; k < length; k++) {
            a += x[at + k] * y[from + k];
        }
        return (a + b) + (c + d);
    }

    /** y ← y + α·x. */
    static void axpy(double alpha, double[] x, int at, double[] y, int to, int length) {
        for (int k = 0; k < length; k++) {
            y[to + k] += alpha * x[at + k];
        }
    }

    static void scale(double alpha, double[] x, int at, int length) {
        for (int k = 0; k < length; k++) {
            x[at + k] *= alpha;
        }
    }

    /** x, y ← c·x − s·y, s·x + c·y. */
    static void rotate(double[] x, int at, double[] y, int to, int length, double c, double s) {
        for (int k = 0; k < length; k++) {
            double p = x[at + k];
            double q = y[to + k];
            x[at + k] = c * p - s * q;
            y[to + k] = s * p + c * q;
        }
    }

    /** √Σ x_k² without overflow or underflow. */
    static double norm(double[] x, int at, int length) {
        double square = dot(x, at, x, at, length);
        if (square > 1e-280 && square < 1e280) {
            return Math.sqrt(square);
        }
        double largest = 0;
        for (int k = 0; k < length; k++) {
            double size = Math.abs(x[at + k]);
            largest = size > largest || Double.isNaN(size) ? size : largest;
        }
        if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
            return largest;
        }
        double sum = 0;
        for (int k = 0; k < length; k++) {
            double share = x[at + k] / largest;
            sum += share * share;
        }
        return largest * Math.sqrt(sum);
    }

    static void swap(double[] x, int i, int j) {
        double kept = x[i];
        x[i] = x[j];
        x[j] = kept;
    }

    static void swap(int[] x, int i, int j) {
        int kept = x[i];
        x[i] = x[j];
        x[j] = kept;
    }

    /** Exchanges rows and columns p and q of a symmetric matrix kept in its lower triangle. */
    static void swapSymmetric(View<double[]> a, int p, int q) {
        int first = Math.min(p, q);
        int second = Math.max(p, q);
        if (first == second) {
            return;
        }
        double[] data = a.data();
        for (int j = 0; j < first; j++) {
            swap(data, a.at(first, j), a.at(second, j));
        }
        for (int j = first + 1; j < second; j++) {
            swap(data, a.at(j, first), a.at(second, j));
        }
        for (int j = second + 1; j < a.rows(); j++) {
            swap(data, a.at(j, first), a.at(j, second));
        }
        swap(data, a.at(first, first), a.at(second, second));
    }
}
