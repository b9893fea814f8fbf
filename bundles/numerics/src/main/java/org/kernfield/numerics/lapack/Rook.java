package org.kernfield.numerics.lapack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.kernfield.backend.Array;
import org.kernfield.backend.CancelToken;

import java.lang.foreign.MemorySegment;

/**
 * The two forms of L·D·Lᵀ: LAPACK's {@code dsytrf_rk} (exchanges, D's off-diagonal apart) and that
 * of {@link org.kernfield.backend.LinearAlgebra#sytrf} (a permutation, D inside the factor).
 */
final class Rook {
    private Rook() {}

    /** Follows the exchanges: which row came where; −1 − row in blocks of 2. */
    static void permutation(MemorySegment exchanges, int[] pivots) {
        int n = pivots.length;
        for (int i = 0; i < n; i++) {
            pivots[i] = i;
        }
        for (int k = 0; k < n; k++) {
            int other = Math.abs(exchanges.getAtIndex(JAVA_INT, k)) - 1;
            int row = pivots[k];
            pivots[k] = pivots[other];
            pivots[other] = row;
        }
        for (int k = 0; k < n; k++) {
            if (exchanges.getAtIndex(JAVA_INT, k) < 0) {
                pivots[k] = -1 - pivots[k];
            }
        }
    }

    /** Puts D below the diagonal where it belongs and clears above; {@code factor} by columns. */
    static void join(MemorySegment factor, MemorySegment beside, int[] pivots, CancelToken cancel) {
        int n = pivots.length;
        for (int j = 0; j < n; j++) {
            cancel.check();
            for (int i = 0; i < j; i++) {
                factor.setAtIndex(JAVA_DOUBLE, (long) j * n + i, 0);
            }
            if (begins(pivots, j)) {
                factor.setAtIndex(
                        JAVA_DOUBLE, (long) j * n + j + 1, beside.getAtIndex(JAVA_DOUBLE, j));
            }
        }
    }

    /** Whether a block of 2 begins at row k: such rows come in pairs. */
    static boolean begins(int[] pivots, int k) {
        int before = 0;
        while (before < k && pivots[k - 1 - before] < 0) {
            before++;
        }
        return pivots[k] < 0 && before % 2 == 0;
    }

    /** 0, or the first row, from 1, where D is singular or not finite. */
    static int singular(MemorySegment factor, int[] pivots) {
        int n = pivots.length;
        for (int k = 0; k < n; k++) {
            double d = factor.getAtIndex(JAVA_DOUBLE, (long) k * n + k);
            double determinant = d;
            boolean isPair = begins(pivots, k);
            if (isPair) {
                double e = factor.getAtIndex(JAVA_DOUBLE, (long) k * n + k + 1);
                double next = factor.getAtIndex(JAVA_DOUBLE, (long) (k + 1) * n + k + 1);
                determinant = (d / e) * (next / e) - 1;
            }
            if (determinant == 0 || !Double.isFinite(determinant)) {
                return k + 1;
            }
            k += isPair ? 1 : 0;
        }
        return 0;
    }

    /** Takes D out of a row-major factor, so that unit lower L is left; solves D·x = b in place. */
    static void divide(
            Array factor, int[] pivots, MemorySegment b, int columns, CancelToken cancel) {
        int n = pivots.length;
        for (int k = 0; k < n; k++) {
            cancel.check();
            double d = factor.get((long) k * n + k);
            if (!begins(pivots, k)) {
                for (int c = 0; c < columns; c++) {
                    long at = (long) k * columns + c;
                    b.setAtIndex(JAVA_DOUBLE, at, b.getAtIndex(JAVA_DOUBLE, at) / d);
                }
                continue;
            }
            double e = factor.get((long) (k + 1) * n + k);
            double next = factor.get((long) (k + 1) * n + k + 1);
            for (int c = 0; c < columns; c++) {
                long at = (long) k * columns + c;
                double x = b.getAtIndex(JAVA_DOUBLE, at) / e;
                double y = b.getAtIndex(JAVA_DOUBLE, at + columns) / e;
                double determinant = (d / e) * (next / e) - 1;
                b.setAtIndex(JAVA_DOUBLE, at, (x * (next / e) - y) / determinant);
                b.setAtIndex(JAVA_DOUBLE, at + columns, (y * (d / e) - x) / determinant);
            }
            k++;
        }
    }
}
