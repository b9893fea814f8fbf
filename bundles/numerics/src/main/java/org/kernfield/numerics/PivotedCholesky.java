package org.kernfield.numerics;

import java.util.Arrays;

/**
 * K ≈ L·Lᵀ of low rank for a positive semidefinite matrix known by its diagonal and single rows,
 * the largest remaining diagonal element first; and with it the inverse of L·Lᵀ + σ²·I as a
 * preconditioner of K + σ²·I.
 *
 * <p>Source: H. Harbrecht, M. Peters and R. Schneider, On the Low-Rank Approximation by the Pivoted
 * Cholesky Decomposition (2012); the inverse is the formula of Woodbury.
 */
public final class PivotedCholesky {
    /** Gives a row of the matrix. */
    @FunctionalInterface
    public interface Rows {
        /**
         * @param index of the row
         * @param row as long as the matrix is wide; overwritten
         */
        void row(int index, double[] row);
    }

    private final int n;
    private final int rank;
    private final double rest;

    /** L by columns. */
    private final double[][] columns;

    /**
     * Approximates until the trace of what is left out is small, or the rank is reached.
     *
     * @param diagonal of K; not modified
     * @param most rank
     * @param tolerance for the trace of K − L·Lᵀ, as a share of the trace of K
     */
    public PivotedCholesky(double[] diagonal, Rows rows, int most, double tolerance) {
        n = diagonal.length;
        double[] left = diagonal.clone();
        double goal = tolerance * sum(left);
        columns = new double[Math.min(most, n)][];
        int k = 0;
        while (k < columns.length && sum(left) > goal) {
            int p = 0;
            for (int i = 1; i < n; i++) {
                p = left[i] > left[p] ? i : p;
            }
            if (!(left[p] > 0 && left[p] < Double.POSITIVE_INFINITY)) {
                break;
            }
            var column = new double[n];
            rows.row(p, column);
            for (int c = 0; c < k; c++) {
                Krylov.axpy(-columns[c][p], columns[c], column);
            }
            double root = Math.sqrt(left[p]);
            for (int i = 0; i < n; i++) {
                column[i] /= root;
                left[i] = Math.max(0, left[i] - column[i] * column[i]);
            }
            left[p] = 0;
            columns[k++] = column;
        }
        rank = k;
        rest = sum(left);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Columns of L. */
    public int rank() {
        return rank;
    }

    /** The trace of K − L·Lᵀ. */
    public double remainder() {
        return rest;
    }

    /** L, n × rank, row-major, as a new array. */
    public double[] factor() {
        var factor = new double[n * rank];
        for (int c = 0; c < rank; c++) {
            for (int i = 0; i < n; i++) {
                factor[i * rank + c] = columns[c][i];
            }
        }
        return factor;
    }

    /** (L·Lᵀ + σ²·I)⁻¹ and its determinant. */
    public final class Shifted implements ConjugateGradient.Operator {
        private final double noise;
        private final int width;

        /** The Cholesky factor of σ²·I + Lᵀ·L, by rows. */
        private final double[][] small;

        private Shifted(double noise, int width) {
            this.noise = noise;
            this.width = width;
            small = new double[rank][rank];
            for (int i = 0; i < rank; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = Krylov.dot(columns[i], columns[j]) + (i == j ? noise : 0);
                    for (int k = 0; k < j; k++) {
                        sum -= small[i][k] * small[j][k];
                    }
                    small[i][j] = i == j ? Math.sqrt(sum) : sum / small[j][j];
                }
            }
        }

        /** Overwrites {@code product}, n × columns, by (L·Lᵀ + σ²·I)⁻¹·x. */
        @Override
        public void apply(double[] x, double[] product) {
            var inner = new double[rank];
            for (int r = 0; r < width; r++) {
                Arrays.fill(inner, 0);
                for (int c = 0; c < rank; c++) {
                    for (int i = 0; i < n; i++) {
                        inner[c] += columns[c][i] * x[i * width + r];
                    }
                }
                solve(inner);
                for (int i = 0; i < n; i++) {
                    product[i * width + r] = x[i * width + r];
                }
                for (int c = 0; c < rank; c++) {
                    for (int i = 0; i < n; i++) {
                        product[i * width + r] -= columns[c][i] * inner[c];
                    }
                }
                for (int i = 0; i < n; i++) {
                    product[i * width + r] /= noise;
                }
            }
        }

        private void solve(double[] y) {
            for (int i = 0; i < rank; i++) {
                for (int k = 0; k < i; k++) {
                    y[i] -= small[i][k] * y[k];
                }
                y[i] /= small[i][i];
            }
            for (int i = rank - 1; i >= 0; i--) {
                for (int k = i + 1; k < rank; k++) {
                    y[i] -= small[k][i] * y[k];
                }
                y[i] /= small[i][i];
            }
        }

        /** log |L·Lᵀ + σ²·I|. */
        public double logDeterminant() {
            double sum = (n - rank) * Math.log(noise);
            for (int i = 0; i < rank; i++) {
                sum += 2 * Math.log(small[i][i]);
            }
            return sum;
        }
    }

    /**
     * The inverse of L·Lᵀ + σ²·I.
     *
     * @param noise σ², positive
     * @param columns right-hand sides that it is applied to at one time
     */
    public Shifted inverse(double noise, int columns) {
        if (!(noise > 0)) {
            throw new IllegalArgumentException(
                    "noise of " + noise + ": the preconditioner needs a positive one; add a ridge");
        }
        return new Shifted(noise, columns);
    }
}
