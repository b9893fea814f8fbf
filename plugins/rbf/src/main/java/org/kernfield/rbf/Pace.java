package org.kernfield.rbf;

/**
 * How far a fit is and how long it will be.
 *
 * @param progress 0 to 1
 * @param steps expected in all
 * @param rate factor on every learning rate
 */
record Pace(double progress, double steps, double rate) {
    /** Falls geometrically from 1 to {@code end} over the fit. */
    double decay(double end) {
        return Math.pow(end, progress);
    }

    /** The factor on learning rates, larger for short fits: they cannot afford small steps. */
    double boost() {
        return rate * Math.clamp(Math.sqrt(1200 / Math.max(1, steps)), 1, 2.5);
    }
}
