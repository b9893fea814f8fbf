package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.ModelException;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.LatentVariance;
import org.kernfield.gp.exact.Rows;

/**
 * A fitted Gaussian process in standard units, and how to answer in the table's.
 *
 * @param k covariance function
 * @param x n × d
 * @param alpha n × p: the mean at a point is Σ_j k(point, x_j)·α_j
 * @param spread how unsure it is
 * @param units standard units
 * @param rowNoise mean variance of the rows' own noise, standard units
 */
record Process(
        BoundCovariance k,
        Array x,
        Array alpha,
        LatentVariance spread,
        Standardisation units,
        double rowNoise) {
    /** How far below 0 rounding may bring a variance, as a share of the prior's. */
    private static final double ROUNDING = 1e-6;

    /** Means at points. */
    Array mean(Array points, Compute compute) {
        return Rows.product(k, points, x, alpha, compute);
    }

    /**
     * Variances of the function at points, not below 0.
     *
     * @throws ModelException if they are further below 0 than rounding explains
     */
    double[] variance(Array points, Compute compute) {
        double[] variance = spread.variance(points, compute);
        double[] prior = Rows.variance(k, points, compute);
        for (int i = 0; i < variance.length; i++) {
            if (!(variance[i] >= -ROUNDING * prior[i])) {
                throw new ModelException(
                        "%s: a variance of %.3g at point %d; it is no covariance function, or its hyper-parameters are beyond float64: fit another kernel or with more jitter"
                                .formatted(k, variance[i], i + 1));
            }
            variance[i] = Math.max(0, variance[i]);
        }
        return variance;
    }

    /** What an observation at points varies by besides the function. */
    double[] noise(Array points, Compute compute) {
        double[] noise = Rows.noise(k, points, compute);
        for (int i = 0; i < noise.length; i++) {
            noise[i] += rowNoise;
        }
        return noise;
    }
}
