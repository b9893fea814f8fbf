package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;

/**
 * Whether a kernel is a covariance function at all, as far as some rows tell: noise can hide that
 * from a Cholesky factor, but not what it does to variances.
 */
public final class Definiteness {
    /** Share of the trace by which rounding may bring an eigenvalue below 0. */
    private static final double ROUNDING = 1e-9;

    /** Share of the largest element by which rounding may part two that should be equal. */
    private static final double ASYMMETRY = 1e-9;

    private Definiteness() {}

    /**
     * @param x rows to look at
     * @throws IndefiniteException if the signal's matrix of them is not symmetric or has an
     *     eigenvalue below 0
     */
    public static void check(BoundCovariance k, Array x, Compute compute) {
        Array matrix = Rows.covariance(k, x, x, compute);
        double largest = 0;
        for (double value : Rows.doubles(matrix)) {
            largest = Math.max(largest, Math.abs(value));
            if (!Double.isFinite(value)) {
                throw new IndefiniteException(
                        "%s: a covariance of %s between two rows; use other hyper-parameters or scale the columns"
                                .formatted(k, value));
            }
        }
        if (largest == 0) {
            return;
        }
        double trace = 0;
        for (double variance : Rows.variance(k, x, compute)) {
            trace += Math.abs(variance);
        }
        int n = matrix.width();
        requireSymmetric(k, matrix, ASYMMETRY * largest);
        double rounding = ROUNDING * Math.max(trace, largest);
        for (long i = 0; i < n; i++) {
            matrix.set(i * n + i, matrix.get(i * n + i) + rounding);
        }
        int minor = compute.linearAlgebra().potrf(matrix);
        if (minor != 0) {
            throw new IndefiniteException(
                    "%s: not a covariance function, its matrix of %d rows has an eigenvalue below %.1e; use a positive semidefinite kernel"
                            .formatted(k, n, -rounding));
        }
    }

    private static void requireSymmetric(BoundCovariance k, Array matrix, double most) {
        int n = matrix.width();
        double[] all = Rows.doubles(matrix);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double one = all[i * n + j];
                double other = all[j * n + i];
                if (Math.abs(one - other) > most) {
                    throw new IndefiniteException(
                            "%s: not a covariance function, it is %s for two rows and %s for the same two exchanged; use one that is symmetric in x and y"
                                    .formatted(k, one, other));
                }
            }
        }
    }
}
