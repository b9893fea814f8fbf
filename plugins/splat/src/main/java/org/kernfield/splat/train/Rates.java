package org.kernfield.splat.train;

import java.util.Arrays;

/**
 * What one step of Adam is made with.
 *
 * @param means in the scene's units
 * @param scales of logarithmic standard deviations
 * @param rotations of quaternions
 * @param opacities of logits
 * @param colours of the first spherical harmonic; the others move at a twentieth of it
 * @param attributes of the primitive's own numbers
 * @param exploration size of the random walk of the means, in rates of the means; 0 for none
 * @param opacityPenalty weight of the mean opacity in the loss
 * @param scalePenalty weight of the mean standard deviation in the loss
 * @param exposure of the numbers of photographs' exposures
 * @param turn of the directions of cameras, in radians
 * @param shift of the places of cameras, in the scene's units
 */
record Rates(
        double means,
        double scales,
        double rotations,
        double opacities,
        double colours,
        double attributes,
        double exploration,
        double opacityPenalty,
        double scalePenalty,
        double exposure,
        double turn,
        double shift) {
    private static final double HIGHER = 1.0 / 20;

    /** Rates of the numbers of a row of spherical harmonics. */
    double[] harmonics(int width) {
        var rates = new double[width];
        for (int c = 0; c < width; c++) {
            rates[c] = c < 3 ? colours : colours * HIGHER;
        }
        return rates;
    }

    /** Rates of the primitive's numbers. */
    double[] all(int width) {
        var rates = new double[width];
        Arrays.fill(rates, attributes);
        return rates;
    }
}
