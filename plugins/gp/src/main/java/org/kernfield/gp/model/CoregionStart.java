package org.kernfield.gp.model;

import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Hyperparameter;
import org.kernfield.numerics.PivotedCholesky;

import java.util.Arrays;
import java.util.HashMap;

/**
 * Where matrices B = WWᵀ + diag(κ) between outputs begin: at a factor of the correlations of the
 * labels, so that outputs that run against each other need not cross 0 first.
 */
final class CoregionStart {
    private static final String WEIGHTS = "_weights";
    private static final String KAPPA = "_kappa";

    /** Rows with both labels from which on a correlation is believed. */
    private static final int FEW = 4;

    /** Share of a variance that is an output's own, at least. */
    private static final double OWN = 0.1;

    private CoregionStart() {}

    /**
     * With all weights set.
     *
     * @param k of several outputs
     * @param y n × p, standard units, NaN where there is no label
     */
    static BoundCovariance of(BoundCovariance k, double[] y) {
        int p = k.outputs();
        var matrices = k.hyperparameters().stream().filter(CoregionStart::isWeights).toList();
        double[][] correlations = correlations(y, p);
        var ones = new double[p];
        Arrays.fill(ones, 1);
        var values = new HashMap<String, double[]>();
        for (Hyperparameter h : matrices) {
            int rank = h.values().size() / p;
            var factor =
                    new PivotedCholesky(
                            ones,
                            (row, to) -> System.arraycopy(correlations[row], 0, to, 0, p),
                            rank,
                            0);
            double share = 1.0 / matrices.size();
            double[] weights = weights(factor, rank, p, share);
            values.put(h.name(), weights);
            values.put(h.name().replace(WEIGHTS, KAPPA), own(weights, p, share));
        }
        return k.with(values);
    }

    private static boolean isWeights(Hyperparameter h) {
        return h.name().startsWith("coregion") && h.name().endsWith(WEIGHTS);
    }

    /** Output after output of one column, then the next. */
    private static double[] weights(PivotedCholesky factor, int rank, int p, double share) {
        double[] rows = factor.factor();
        var weights = new double[rank * p];
        for (int k = 0; k < weights.length; k++) {
            int column = k / p;
            weights[k] =
                    column < factor.rank()
                            ? Math.sqrt(share) * rows[k % p * factor.rank() + column]
                            : OWN * Math.cos(Math.PI * column * (k % p + 0.5) / p);
        }
        return weights;
    }

    /** What is left of the variances. */
    private static double[] own(double[] weights, int p, double share) {
        var own = new double[p];
        Arrays.fill(own, share);
        for (int k = 0; k < weights.length; k++) {
            own[k % p] -= weights[k] * weights[k];
        }
        Arrays.setAll(own, t -> Math.max(share * OWN, own[t]));
        return own;
    }

    private static double[][] correlations(double[] y, int p) {
        var all = new double[p][p];
        for (int a = 0; a < p; a++) {
            all[a][a] = 1;
            for (int b = 0; b < a; b++) {
                all[a][b] = correlation(y, p, a, b);
                all[b][a] = all[a][b];
            }
        }
        return all;
    }

    /** About 0, the mean of all labels, over the rows that have both. */
    private static double correlation(double[] y, int p, int a, int b) {
        double both = 0;
        double first = 0;
        double second = 0;
        int rows = 0;
        for (int row = 0; row < y.length; row += p) {
            double product = y[row + a] * y[row + b];
            if (!Double.isNaN(product)) {
                both += product;
                first += y[row + a] * y[row + a];
                second += y[row + b] * y[row + b];
                rows++;
            }
        }
        boolean isKnown = rows >= FEW && first > 0 && second > 0;
        return isKnown ? both / Math.sqrt(first * second) : 0;
    }
}
