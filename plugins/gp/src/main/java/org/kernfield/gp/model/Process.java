package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.ModelException;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.LatentVariance;
import org.kernfield.gp.exact.Rows;

/**
 * A fitted Gaussian process in standard units: what it tells of m points and p targets.
 *
 * @param k covariance function
 * @param outputs how targets become rows
 * @param x n × the width of rows
 * @param alpha n × targets of a row: the mean at a row is Σ_j k(row, x_j)·α_j
 * @param spread how unsure it is
 * @param rowNoise mean variance of the rows' own noise, and the jitter
 * @param factor of all variances
 * @param conditioning its equations, for those who draw functions
 */
record Process(
        BoundCovariance k,
        Outputs outputs,
        Array x,
        Array alpha,
        LatentVariance spread,
        double rowNoise,
        UnknownFactor factor,
        Conditioning conditioning) {
    /** How far below 0 rounding may bring a variance, as a share of the prior's. */
    private static final double ROUNDING = 1e-6;

    /** Means at points, m × p. */
    Array mean(Array points, Compute compute) {
        Array means = Rows.product(k, outputs.rows(points), x, alpha, compute);
        return Array.of(outputs.count(), Rows.doubles(means));
    }

    /**
     * Variances of the function at points, not below 0; m·p numbers.
     *
     * @throws ModelException if they are further below 0 than rounding explains
     */
    double[] variance(Array points, Compute compute) {
        Array rows = outputs.rows(points);
        double[] variance = spread.variance(rows, compute);
        return factor.times(outputs.each(checked(variance, rows, compute)));
    }

    /** Variances of some rows without what rounding brought below 0; overwritten. */
    private double[] checked(double[] variance, Array rows, Compute compute) {
        double[] prior = Rows.variance(k, rows, compute);
        for (int i = 0; i < variance.length; i++) {
            if (!(variance[i] >= -ROUNDING * prior[i])) {
                throw new ModelException(
                        "%s: a variance of %.3g at point %d; it is no covariance function, or its hyper-parameters are beyond float64: fit another kernel or with more jitter"
                                .formatted(k, variance[i], outputs.point(i) + 1));
            }
            variance[i] = Math.max(0, variance[i]);
        }
        return variance;
    }

    /** What an observation at points varies by besides the function; m·p numbers. */
    double[] noise(Array points, Compute compute) {
        double[] noise = Rows.noise(k, outputs.rows(points), compute);
        for (int i = 0; i < noise.length; i++) {
            noise[i] += rowNoise;
        }
        return factor.times(outputs.each(noise));
    }

    /**
     * How the function varies at points and targets, (m·p) × (m·p); no variance is below 0.
     *
     * @throws ModelException if one is further below 0 than rounding explains
     */
    Array covariance(Array points, Compute compute) {
        Array rows = outputs.rows(points);
        Array covariance = spread.covariance(rows, compute);
        int m = covariance.width();
        var variance = new double[m];
        for (int i = 0; i < m; i++) {
            variance[i] = covariance.get((long) i * m + i);
        }
        checked(variance, rows, compute);
        for (int i = 0; i < m; i++) {
            covariance.set((long) i * m + i, variance[i]);
        }
        return factor.times(outputs.covariance(covariance));
    }
}
