package org.kernfield.gp.model;

import org.kernfield.gp.exact.Observations;

/**
 * The labels that a table has, one after the other.
 *
 * @param data a row for each label: inputs, the number of its target, the label
 * @param rows the number of each label's row among those given
 */
record Stack(Observations data, int[] rows) {
    /**
     * @param x n × d
     * @param y n × p, NaN where there is no label
     */
    static Stack of(double[] x, int d, double[] y, int p) {
        int labels = 0;
        for (double label : y) {
            labels += Double.isNaN(label) ? 0 : 1;
        }
        var stacked = new double[labels * (d + 1)];
        var known = new double[labels];
        var rows = new int[labels];
        int at = 0;
        for (int k = 0; k < y.length; k++) {
            if (!Double.isNaN(y[k])) {
                System.arraycopy(x, k / p * d, stacked, at * (d + 1), d);
                stacked[at * (d + 1) + d] = k % p;
                known[at] = y[k];
                rows[at++] = k / p;
            }
        }
        return new Stack(new Observations(stacked, d + 1, known, 1, null), rows);
    }
}
