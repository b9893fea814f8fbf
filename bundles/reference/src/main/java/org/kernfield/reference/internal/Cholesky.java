package org.kernfield.reference.internal;

import org.kernfield.backend.CancelToken;

/** A = L·Lᵀ, plain and with complete pivoting (Golub and Van Loan 4.2.1 and 4.2.8). */
public final class Cholesky {
    private Cholesky() {}

    /**
     * @return 0, or the order of the leading minor that is not positive
     */
    public static int factor(Matrix l, CancelToken cancel) {
        int n = l.rows;
        for (int j = 0; j < n; j++) {
            cancel.check();
            double pivot = l.get(j, j) - l.rowDot(j, j, j);
            if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                return j + 1;
            }
            l.set(j, j, Math.sqrt(pivot));
            for (int i = j + 1; i < n; i++) {
                l.set(i, j, (l.get(i, j) - l.rowDot(i, j, j)) / l.get(j, j));
                l.set(j, i, 0);
            }
        }
        return 0;
    }

    /**
     * @param a of which the lower triangle counts; overwritten by L
     * @return the rank
     */
    public static int pivoted(Matrix a, int[] pivots, double tolerance, CancelToken cancel) {
        int n = a.rows;
        for (int i = 0; i < n; i++) {
            pivots[i] = i;
        }
        a.mirrorLower();
        for (int k = 0; k < n; k++) {
            cancel.check();
            int p = k;
            for (int i = k + 1; i < n; i++) {
                p = a.get(i, i) > a.get(p, p) ? i : p;
            }
            double pivot = a.get(p, p);
            if (!(pivot > Math.max(tolerance, 0) && pivot < Double.POSITIVE_INFINITY)) {
                clearFrom(a, k);
                return k;
            }
            a.swapBoth(k, p);
            int kept = pivots[k];
            pivots[k] = pivots[p];
            pivots[p] = kept;
            double root = Math.sqrt(pivot);
            a.set(k, k, root);
            for (int i = k + 1; i < n; i++) {
                a.set(i, k, a.get(i, k) / root);
            }
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j <= i; j++) {
                    a.set(i, j, a.get(i, j) - a.get(i, k) * a.get(j, k));
                    a.set(j, i, a.get(i, j));
                }
                a.set(k, i, 0);
            }
        }
        return n;
    }

    private static void clearFrom(Matrix a, int rank) {
        for (int i = 0; i < a.rows; i++) {
            for (int j = Math.min(rank, i + 1); j < a.rows; j++) {
                a.set(i, j, 0);
            }
        }
    }
}
