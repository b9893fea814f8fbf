package org.kernfield.gp.model;

import java.util.Arrays;

/**
 * Rows of a table made of rows of one label each.
 *
 * @param x n × d
 * @param y n × p, NaN where there is no label
 */
record Unstacked(double[] x, double[] y) {
    /**
     * Takes labels together that follow each other, have the same inputs and rising numbers.
     *
     * @param rows inputs and the number of the target, N × (d + 1)
     * @param labels N numbers
     */
    static Unstacked of(double[] rows, double[] labels, int d, int p) {
        var x = new double[labels.length * d];
        var y = new double[labels.length * p];
        Arrays.fill(y, Double.NaN);
        int n = 0;
        for (int k = 0; k < labels.length; k++) {
            int at = k * (d + 1);
            boolean goesOn =
                    k > 0
                            && rows[at + d] > rows[at - 1]
                            && Arrays.equals(rows, at, at + d, rows, at - d - 1, at - 1);
            n += goesOn ? 0 : 1;
            System.arraycopy(rows, at, x, (n - 1) * d, d);
            y[(n - 1) * p + (int) rows[at + d]] = labels[k];
        }
        return new Unstacked(Arrays.copyOf(x, n * d), Arrays.copyOf(y, n * p));
    }
}
