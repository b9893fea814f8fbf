package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.CounterRandom;

import java.util.Arrays;

/**
 * The factor of a process's covariance, of which a Student-t process knows a distribution: inverse
 * gamma, given the rows.
 *
 * @param degrees of freedom, infinite for a Gaussian process
 * @param scales its mean, for each target of a row
 */
record UnknownFactor(double degrees, double[] scales) {
    /** Streams of random numbers that no other draw reads. */
    private static final int STREAM = 7;

    /** 1, as a Gaussian process has it. */
    static UnknownFactor none(int targets) {
        var ones = new double[targets];
        Arrays.fill(ones, 1);
        return new UnknownFactor(Double.POSITIVE_INFINITY, ones);
    }

    /** Variances of points and targets times the factor's mean; in place. */
    double[] times(double[] variances) {
        for (int k = 0; k < variances.length; k++) {
            variances[k] *= scales[k % scales.length];
        }
        return variances;
    }

    /** A covariance of points and targets times the factor's mean; in place. */
    Array times(Array covariance) {
        double[] values = Rows.doubles(covariance);
        int width = covariance.width();
        for (int k = 0; k < values.length; k++) {
            double row = scales[k / width % scales.length];
            double column = scales[k % width % scales.length];
            values[k] *= row == column ? row : Math.sqrt(row * column);
        }
        return Array.of(width, values);
    }

    /**
     * Roots of factors drawn, one for each function and each target of a row.
     *
     * @return count × targets
     */
    double[] roots(int count, long seed) {
        var roots = new double[count * scales.length];
        for (int k = 0; k < roots.length; k++) {
            double mean = scales[k % scales.length];
            double drawn =
                    Double.isInfinite(degrees)
                            ? 1
                            : (degrees / 2 - 1) / gamma(degrees / 2, new CounterRandom(seed), k);
            roots[k] = Math.sqrt(mean * drawn);
        }
        return roots;
    }

    /**
     * A draw of the gamma distribution with this shape, above 1, and rate 1.
     *
     * <p>Source: G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables (2000).
     */
    private static double gamma(double shape, CounterRandom random, int index) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        for (int trial = 0; ; trial++) {
            double x = random.normal(trial, STREAM, index);
            double v = Math.pow(1 + c * x, 3);
            double u = random.uniform(trial, STREAM + 1, index);
            if (v > 0 && Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
                return d * v;
            }
        }
    }
}
