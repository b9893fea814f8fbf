package org.kernfield.reference.internal;

import org.kernfield.backend.CancelToken;

/**
 * Pᵀ·A·P = L·D·Lᵀ with rook pivoting (C. Ashcraft, R. G. Grimes and J. G. Lewis, Accurate Symmetric
 * Indefinite Linear Equation Solvers, 1998, section 2.3).
 */
public final class Indefinite {
    /** Bounds the growth of elements alike for blocks of 1 and of 2. */
    private static final double THRESHOLD = (1 + Math.sqrt(17)) / 8;

    private Indefinite() {}

    /**
     * @param a of which the lower triangle counts; overwritten by D and L
     * @return 0, or the first row, counted from 1, where D is singular or not finite
     */
    public static int factor(Matrix a, int[] pivots, CancelToken cancel) {
        int n = a.rows;
        a.mirrorLower();
        for (int i = 0; i < n; i++) {
            pivots[i] = i;
        }
        int info = 0;
        for (int k = 0; k < n; ) {
            cancel.check();
            int[] chosen = choose(a, k);
            boolean single = chosen[0] == chosen[1];
            if (!single) {
                exchange(a, pivots, k, chosen[0]);
                exchange(a, pivots, k + 1, chosen[1] == k ? chosen[0] : chosen[1]);
                pivots[k] = -1 - pivots[k];
                pivots[k + 1] = -1 - pivots[k + 1];
            } else {
                exchange(a, pivots, k, chosen[0]);
            }
            boolean regular = single ? eliminateOne(a, k) : eliminateTwo(a, k);
            info = info == 0 && !regular ? k + 1 : info;
            k += single ? 1 : 2;
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                a.set(i, j, 0);
            }
        }
        return info;
    }

    /** Whether a block of two begins at {@code i}. */
    private static boolean isFirst(int[] pivots, int i) {
        int before = 0;
        while (before < i && pivots[i - 1 - before] < 0) {
            before++;
        }
        return before % 2 == 0;
    }

    /** One row twice, or two rows. */
    private static int[] choose(Matrix a, int k) {
        int i = k;
        int r = largestBeside(a, k, i);
        double size = r < 0 ? 0 : Math.abs(a.get(r, i));
        while (true) {
            if (size == 0 || !(Math.abs(a.get(i, i)) < THRESHOLD * size)) {
                return new int[] {i, i};
            }
            int s = largestBeside(a, k, r);
            double next = Math.abs(a.get(s, r));
            if (!(Math.abs(a.get(r, r)) < THRESHOLD * next)) {
                return new int[] {r, r};
            }
            if (!(next > size)) {
                return new int[] {i, r};
            }
            i = r;
            r = s;
            size = next;
        }
    }

    private static int largestBeside(Matrix a, int k, int column) {
        int best = -1;
        for (int i = k; i < a.rows; i++) {
            if (i != column
                    && (best < 0 || Math.abs(a.get(i, column)) > Math.abs(a.get(best, column)))) {
                best = i;
            }
        }
        return best;
    }

    private static void exchange(Matrix a, int[] pivots, int i, int j) {
        a.swapBoth(i, j);
        int kept = pivots[i];
        pivots[i] = pivots[j];
        pivots[j] = kept;
    }

    private static boolean eliminateOne(Matrix a, int k) {
        double d = a.get(k, k);
        if (d == 0 || !Double.isFinite(d)) {
            for (int i = k + 1; i < a.rows && d == 0; i++) {
                a.set(i, k, 0);
            }
            return false;
        }
        for (int i = k + 1; i < a.rows; i++) {
            double l = a.get(i, k) / d;
            for (int j = k + 1; j <= i; j++) {
                a.set(i, j, a.get(i, j) - l * a.get(k, j));
                a.set(j, i, a.get(i, j));
            }
        }
        for (int i = k + 1; i < a.rows; i++) {
            a.set(i, k, a.get(i, k) / d);
        }
        return true;
    }

    private static boolean eliminateTwo(Matrix a, int k) {
        double cross = a.get(k + 1, k);
        double first = a.get(k, k) / cross;
        double second = a.get(k + 1, k + 1) / cross;
        double determinant = cross * (first * second - 1);
        for (int i = k + 2; i < a.rows; i++) {
            double x = a.get(i, k);
            double y = a.get(i, k + 1);
            double l = (second * x - y) / determinant;
            double m = (first * y - x) / determinant;
            for (int j = k + 2; j <= i; j++) {
                a.set(i, j, a.get(i, j) - l * a.get(k, j) - m * a.get(k + 1, j));
                a.set(j, i, a.get(i, j));
            }
            a.set(i, k, l);
            a.set(i, k + 1, m);
        }
        return Double.isFinite(determinant) && determinant != 0;
    }

    /** B ← A⁻¹·B. */
    public static void solve(Matrix factor, int[] pivots, Matrix b) {
        int n = factor.rows;
        var rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = pivots[i] < 0 ? -1 - pivots[i] : pivots[i];
        }
        for (int r = 0; r < b.columns; r++) {
            var x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = b.get(rows[i], r);
                for (int j = 0; j < i; j++) {
                    x[i] -= below(factor, pivots, i, j) * x[j];
                }
            }
            for (int i = 0; i < n; i++) {
                if (pivots[i] >= 0) {
                    x[i] /= factor.get(i, i);
                } else {
                    double cross = factor.get(i + 1, i);
                    double first = factor.get(i, i) / cross;
                    double second = factor.get(i + 1, i + 1) / cross;
                    double determinant = cross * (first * second - 1);
                    double kept = x[i];
                    x[i] = (second * kept - x[i + 1]) / determinant;
                    x[i + 1] = (first * x[i + 1] - kept) / determinant;
                    i++;
                }
            }
            for (int i = n - 1; i >= 0; i--) {
                for (int j = i + 1; j < n; j++) {
                    x[i] -= below(factor, pivots, j, i) * x[j];
                }
            }
            for (int i = 0; i < n; i++) {
                b.set(rows[i], r, x[i]);
            }
        }
    }

    /** L, whose element inside a block of two is 0. */
    private static double below(Matrix factor, int[] pivots, int i, int j) {
        boolean block = i == j + 1 && pivots[j] < 0 && isFirst(pivots, j);
        return block ? 0 : factor.get(i, j);
    }
}
