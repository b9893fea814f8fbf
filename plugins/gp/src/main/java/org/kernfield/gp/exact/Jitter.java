package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;

/**
 * What is added to the diagonal of a covariance matrix so that it has a Cholesky factor: at first
 * what the user wants, then powers of ten until it has, all as shares of the mean of the diagonal.
 */
final class Jitter {
    private static final double FIRST = 1e-12;
    private static final double LAST = 1e-6;

    private Jitter() {}

    /**
     * A factor and what was added.
     *
     * @param lower n × n, lower with zeros above; the Gram's own array
     * @param jitter added to the diagonal
     * @param norm largest sum of the magnitudes of a row before it was factored
     */
    record Factor(Array lower, double jitter, double norm) {}

    /**
     * Factors the covariance matrix of observations.
     *
     * @param wanted share of the mean diagonal that is always added, 0 for none
     * @throws IndefiniteException if nothing small enough makes it positive definite
     */
    static Factor factor(Gram gram, BoundCovariance k, double wanted, Compute compute) {
        LinearAlgebra algebra = compute.linearAlgebra();
        double share = wanted;
        while (true) {
            Array matrix = gram.matrix(k, compute);
            double added = share * meanDiagonal(matrix);
            add(added, matrix);
            double norm = norm(matrix);
            int minor = algebra.potrf(matrix);
            if (minor == 0) {
                return new Factor(matrix, added, norm);
            }
            if (share >= LAST) {
                throw new IndefiniteException(
                        ("%s: its covariance matrix of %d rows is not positive definite at row %d,"
                                        + " even with %.0e of its diagonal added; add white noise"
                                        + " or look whether the kernel is a covariance function")
                                .formatted(k, matrix.rows(), minor, share));
            }
            share = share < FIRST ? FIRST : 10 * share;
        }
    }

    private static double norm(Array matrix) {
        double[] all = Rows.doubles(matrix);
        int n = matrix.width();
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = i * n; j < (i + 1) * n; j++) {
                sum += Math.abs(all[j]);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private static double meanDiagonal(Array matrix) {
        double sum = 0;
        for (long i = 0; i < matrix.rows(); i++) {
            sum += matrix.get(i * matrix.width() + i);
        }
        return sum / matrix.rows();
    }

    private static void add(double added, Array matrix) {
        for (long i = 0; added != 0 && i < matrix.rows(); i++) {
            long at = i * matrix.width() + i;
            matrix.set(at, matrix.get(at) + added);
        }
    }
}
