package org.kernfield.numerics;

import java.util.Arrays;

/** Eigenvalues of symmetric tridiagonal matrices with the first components of the eigenvectors. */
final class Tridiagonal {
    private static final int STEPS_A_VALUE = 60;

    private Tridiagonal() {}

    /**
     * @param diagonal n numbers; not modified
     * @param beside the n − 1 numbers beside the diagonal; not modified
     */
    static Lanczos.Spectrum spectrum(double[] diagonal, double[] beside) {
        int n = diagonal.length;
        double[] d = diagonal.clone();
        double[] e = Arrays.copyOf(beside, n);
        var first = new double[n];
        first[0] = 1;
        for (int begin = 0; begin < n; begin++) {
            converge(d, e, first, begin);
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (i, j) -> Double.compare(d[i], d[j]));
        var values = new double[n];
        var weights = new double[n];
        for (int k = 0; k < n; k++) {
            values[k] = d[order[k]];
            weights[k] = first[order[k]] * first[order[k]];
        }
        return new Lanczos.Spectrum(values, weights);
    }

    /** Implicit QL steps (Golub and Van Loan 8.3.5), with the first row of the eigenvectors. */
    private static void converge(double[] d, double[] e, double[] first, int begin) {
        for (int step = 0; step < STEPS_A_VALUE; step++) {
            int end = begin;
            while (end < d.length - 1
                    && Math.abs(e[end])
                            > Math.ulp(1.0) / 2 * (Math.abs(d[end]) + Math.abs(d[end + 1]))) {
                end++;
            }
            if (end == begin) {
                return;
            }
            double g = (d[begin + 1] - d[begin]) / (2 * e[begin]);
            g = d[end] - d[begin] + e[begin] / (g + Math.copySign(Math.hypot(g, 1), g));
            double s = 1;
            double c = 1;
            double shift = 0;
            int i = end - 1;
            for (; i >= begin; i--) {
                double f = s * e[i];
                double b = c * e[i];
                double r = Math.hypot(f, g);
                e[i + 1] = r;
                if (r == 0) {
                    d[i + 1] -= shift;
                    e[end] = 0;
                    break;
                }
                s = f / r;
                c = g / r;
                g = d[i + 1] - shift;
                r = (d[i] - g) * s + 2 * c * b;
                shift = s * r;
                d[i + 1] = g + shift;
                g = c * r - b;
                double kept = first[i + 1];
                first[i + 1] = s * first[i] + c * kept;
                first[i] = c * first[i] - s * kept;
            }
            if (i < begin) {
                d[begin] -= shift;
                e[begin] = g;
                e[end] = 0;
            }
        }
        throw new ArithmeticException("lanczos: an eigenvalue does not converge; look for NaN");
    }
}
