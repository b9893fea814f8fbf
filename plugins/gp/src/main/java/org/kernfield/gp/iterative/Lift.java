package org.kernfield.gp.iterative;

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
     * What the user wants, or as much as it takes.
     *
     * @param wanted share of the mean variance
     * @param variance of the rows, the mean
     * @param noise of the rows, the mean
     */
    static Lift of(double wanted, double variance, double noise) {
        double always = wanted * variance;
        double least = LEAST_NOISE * variance - noise;
        return always >= least ? new Lift(always, wanted, 0) : new Lift(least, LEAST_NOISE, -1);
    }
}
