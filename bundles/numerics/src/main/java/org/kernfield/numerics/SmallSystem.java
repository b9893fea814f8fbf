package org.kernfield.numerics;

/** A few linear equations, factored once by Gaussian elimination with partial pivoting. */
public final class SmallSystem {
    private final double[][] factor;
    private final int[] order;

    /**
     * @param matrix n rows of n; overwritten
     */
    public SmallSystem(double[][] matrix) {
        factor = matrix;
        order = new int[matrix.length];
        for (int k = 0; k < order.length; k++) {
            order[k] = k;
        }
        for (int k = 0; k < order.length; k++) {
            exchange(k);
            for (int i = k + 1; i < order.length; i++) {
                factor[i][k] /= factor[k][k];
                for (int j = k + 1; j < order.length; j++) {
                    factor[i][j] -= factor[i][k] * factor[k][j];
                }
            }
        }
    }

    private void exchange(int k) {
        int largest = k;
        for (int i = k + 1; i < order.length; i++) {
            largest = Math.abs(factor[i][k]) > Math.abs(factor[largest][k]) ? i : largest;
        }
        double[] row = factor[k];
        factor[k] = factor[largest];
        factor[largest] = row;
        int number = order[k];
        order[k] = order[largest];
        order[largest] = number;
    }

    /** The solution, as a new array; not finite where the matrix is singular. */
    public double[] solve(double[] b) {
        int n = order.length;
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = b[order[i]];
            for (int j = 0; j < i; j++) {
                x[i] -= factor[i][j] * x[j];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= factor[i][j] * x[j];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }
}
