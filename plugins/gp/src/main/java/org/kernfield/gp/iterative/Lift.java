package org.kernfield.gp.iterative;

import org.kernfield.gp.exact.Observations;

import java.util.Arrays;

/**
 * What is added to the diagonal besides the noise, and its derivatives.
 *
 * @param value what is added
 * @param byVariance its derivative by the mean variance of the rows
 * @param byNoise its derivative by the mean of their noise
 */
record Lift(double value, double byVariance, double byNoise) {
    static final Lift NONE = new Lift(0, 0, 0);

    /** Noise, as a share of the mean variance, below which float32 products tell too little. */
    private static final double LEAST_NOISE = 1e-4;

    /**
     * What the user wants, or as much as it takes for float32, and for means that are off by what a
     * solve leaves over.
     *
     * @param variance of the rows, the mean
     * @param noise of the rows, the mean
     */
    static Lift of(MatrixFreeSolve.Setup setup, Observations data, double variance, double noise) {
        double always = setup.jitter() * variance;
        double square = Arrays.stream(data.y()).map(y -> y * y).average().orElse(0);
        double left = setup.tolerance() * setup.tolerance() * square;
        double least = Math.max(LEAST_NOISE * variance, left) - noise;
        if (always >= least) {
            return new Lift(always, setup.jitter(), 0);
        }
        return new Lift(least, LEAST_NOISE * variance >= left ? LEAST_NOISE : 0, -1);
    }
}
