package org.kernfield.gp.exact;

/** Gaussian elimination with the largest pivot, apart from the code that is tested. */
public final class Elimination {
    private final double[][] solutions;
    private final double logDeterminant;

    /**
     * Solves A·X = B.
     *
     * @param right rows of B
     */
    public Elimination(double[][] matrix, double[][] right) {
        int n = matrix.length;
        var a = new double[n][];
        solutions = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
            solutions[i] = right[i].clone();
        }
        double log = 0;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k; i < n; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            swap(a, k, pivot);
            swap(solutions, k, pivot);
            log += Math.log(Math.abs(a[k][k]));
            for (int i = 0; i < n; i++) {
                if (i != k) {
                    double factor = a[i][k] / a[k][k];
                    subtract(factor, a[k], a[i]);
                    subtract(factor, solutions[k], solutions[i]);
                }
            }
        }
        for (int k = 0; k < n; k++) {
            for (int c = 0; c < solutions[k].length; c++) {
                solutions[k][c] /= a[k][k];
            }
        }
        logDeterminant = log;
    }

    private static void swap(double[][] rows, int i, int j) {
        double[] kept = rows[i];
        rows[i] = rows[j];
        rows[j] = kept;
    }

    private static void subtract(double factor, double[] row, double[] from) {
        for (int j = 0; j < row.length; j++) {
            from[j] -= factor * row[j];
        }
    }

    /** X. */
    public double[][] solutions() {
        return solutions;
    }

    /** log |det A|. */
    public double logDeterminant() {
        return logDeterminant;
    }
}
