package org.kernfield.cpu.internal.linear;

import java.util.Arrays;

/**
 * Cholesky with complete pivoting in panels (S. Hammarling, N. J. Higham and C. Lucas, LAPACK-style
 * codes for pivoted Cholesky, 2007).
 */
final class Pivoted {
    private static final int PANEL = 48;

    private final Call<double[]> call;
    private final View<double[]> a;
    private final int n;
    private final int[] pivots;

    /** Columns of L in the present panel, each in a row. */
    private final double[] columns;

    /** What remains of the diagonal. */
    private final double[] diagonal;

    Pivoted(Call<double[]> call, View<double[]> a, int[] pivots) {
        this.call = call;
        this.a = a;
        this.n = a.rows();
        this.pivots = pivots;
        this.columns = call.scratch(PANEL * n);
        this.diagonal = new double[n];
    }

    /**
     * @param unit of the arithmetic, for a negative tolerance
     * @return the rank
     */
    int factor(double tolerance, double unit) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            pivots[i] = i;
            diagonal[i] = a.data()[a.at(i, i)];
            largest = Math.max(largest, diagonal[i]);
        }
        double least = tolerance < 0 ? n * unit * largest : tolerance;
        var product = call.product();
        int rank = n;
        for (int first = 0; first < n && rank == n; first += PANEL) {
            int last = Math.min(first + PANEL, n);
            for (int k = first; k < last && rank == n; k++) {
                call.crew().resources().cancel().check();
                if (!column(first, k, least)) {
                    rank = k;
                }
            }
            int end = Math.min(last, rank);
            if (rank == n) {
                var left = new View<>(columns, end, n - end, end - first, 1, n);
                product.addLower(-1, left, left.transposed(), a.block(end, end, n - end, n - end));
            }
        }
        clean(rank);
        return rank;
    }

    private boolean column(int first, int k, double least) {
        int p = k;
        for (int i = k + 1; i < n; i++) {
            p = diagonal[i] > diagonal[p] ? i : p;
        }
        double pivot = diagonal[p];
        if (!(pivot > Math.max(least, 0) && pivot < Double.POSITIVE_INFINITY)) {
            return false;
        }
        Loops.swapSymmetric(a, k, p);
        Loops.swap(pivots, k, p);
        diagonal[p] = diagonal[k];
        int own = (k - first) * n;
        for (int c = 0; c < k - first; c++) {
            Loops.swap(columns, c * n + k, c * n + p);
        }
        double[] data = a.data();
        for (int i = k; i < n; i++) {
            columns[own + i] = data[a.at(i, k)];
        }
        for (int c = 0; c < k - first; c++) {
            Loops.axpy(-columns[c * n + k], columns, c * n + k, columns, own + k, n - k);
        }
        double root = Math.sqrt(pivot);
        columns[own + k] = root;
        for (int i = k + 1; i < n; i++) {
            columns[own + i] /= root;
            diagonal[i] -= columns[own + i] * columns[own + i];
        }
        for (int i = k; i < n; i++) {
            data[a.at(i, k)] = columns[own + i];
        }
        return true;
    }

    private void clean(int rank) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(a.data(), a.at(i, Math.min(rank, i + 1)), a.at(i, 0) + n, 0);
        }
    }
}
