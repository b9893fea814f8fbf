package org.kernfield.reference.internal;

import org.kernfield.backend.CancelToken;

/** A = Q·R by reflections (Golub and Van Loan 5.2.1 and 5.4.1). */
public final class Householder {
    private Householder() {}

    /**
     * @param a overwritten by R and the vectors
     * @param pivots columns are exchanged and told here; null for none
     * @return τ of each reflection
     */
    public static double[] factor(Matrix a, int[] pivots, CancelToken cancel) {
        var tau = new double[Math.min(a.rows, a.columns)];
        for (int j = 0; pivots != null && j < a.columns; j++) {
            pivots[j] = j;
        }
        for (int k = 0; k < tau.length; k++) {
            cancel.check();
            if (pivots != null) {
                bringLongest(a, k, pivots);
            }
            tau[k] = reflect(a, k);
            apply(a, k, tau[k], a, k + 1);
        }
        return tau;
    }

    private static void bringLongest(Matrix a, int k, int[] pivots) {
        int longest = k;
        for (int j = k + 1; j < a.columns; j++) {
            longest = norm(a, k, j) > norm(a, k, longest) ? j : longest;
        }
        a.swapColumns(k, longest);
        int kept = pivots[k];
        pivots[k] = pivots[longest];
        pivots[longest] = kept;
    }

    /** Length of column {@code j} from row {@code first} on, without overflow. */
    private static double norm(Matrix a, int first, int j) {
        double length = 0;
        for (int i = first; i < a.rows; i++) {
            length = Math.hypot(length, a.get(i, j));
        }
        return length;
    }

    private static double reflect(Matrix a, int k) {
        double below = norm(a, k + 1, k);
        double head = a.get(k, k);
        if (below == 0) {
            return 0;
        }
        double beta = -Math.copySign(Math.hypot(head, below), head);
        for (int i = k + 1; i < a.rows; i++) {
            a.set(i, k, a.get(i, k) / (head - beta));
        }
        a.set(k, k, beta);
        return (beta - head) / beta;
    }

    /** Reflects columns of {@code c} from {@code first} on by vector {@code k} of {@code a}. */
    private static void apply(Matrix a, int k, double tau, Matrix c, int first) {
        for (int j = first; j < c.columns; j++) {
            double sum = c.get(k, j);
            for (int i = k + 1; i < a.rows; i++) {
                sum += a.get(i, k) * c.get(i, j);
            }
            c.set(k, j, c.get(k, j) - tau * sum);
            for (int i = k + 1; i < a.rows; i++) {
                c.set(i, j, c.get(i, j) - tau * sum * a.get(i, k));
            }
        }
    }

    /** C ← Q·C or Qᵀ·C. */
    public static void multiply(boolean transpose, Matrix factor, Matrix tau, Matrix c) {
        for (int step = 0; step < tau.rows; step++) {
            int k = transpose ? step : tau.rows - 1 - step;
            apply(factor, k, tau.get(k, 0), c, 0);
        }
    }
}
