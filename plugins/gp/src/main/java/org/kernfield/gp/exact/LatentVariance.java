package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;

/** How unsure a Gaussian process is of its values without noise, in standardised units. */
public interface LatentVariance {
    /**
     * Variances at points, as they come out: rounding may leave them a little below 0.
     *
     * @param points m × d
     * @return m numbers
     */
    double[] variance(Array points, Compute compute);

    /**
     * Variances at points and how they vary together.
     *
     * @param points m × d
     * @return m × m, symmetric
     */
    Array covariance(Array points, Compute compute);
}
