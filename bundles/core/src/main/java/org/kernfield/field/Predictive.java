package org.kernfield.field;

import org.kernfield.backend.Array;

import java.util.List;

/** A field that says how sure it is, in the original units of the table it was fitted to. */
public interface Predictive {
    /** How much is asked for; what is not asked for is not computed. */
    enum Wanted {
        /** Means alone. */
        MEAN,
        /** Means and the variance of each. */
        VARIANCE,
        /** Means, variances and how all of them vary together. */
        COVARIANCE
    }

    /** Names of its inputs, d of them. */
    List<String> inputNames();

    /** Names of its targets, p of them. */
    List<String> targetNames();

    /**
     * What is to be expected at points.
     *
     * @param x m × d, float64
     * @param latent whether variances are those of the function alone; else the noise of an
     *     observation is added
     * @return float64
     * @throws IllegalArgumentException if a coordinate is no finite number
     */
    Prediction predict(Array x, Wanted wanted, boolean latent, Compute compute);
}
