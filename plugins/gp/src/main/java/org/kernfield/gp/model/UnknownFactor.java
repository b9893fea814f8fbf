package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;

/**
 * The factor of a process's covariance, of which a Student-t process knows a distribution: inverse
 * gamma, given the rows.
 *
 * @param degrees of freedom, infinite for a Gaussian process
 * @param scales its mean, for each target of a row
 */
record UnknownFactor(double degrees, double[] scales) {
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
                            : (degrees / 2 - 1)
                                    / new StreamNumbers(seed, -1 - k).gamma(degrees / 2);
            roots[k] = Math.sqrt(mean * drawn);
        }
        return roots;
    }
}
