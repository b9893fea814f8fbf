package org.kernfield.splat.train;

import org.kernfield.numerics.CounterRandom;

/**
 * The colour behind everything while splats are trained. One that is drawn anew at each step keeps
 * splats from painting it where pictures are transparent.
 *
 * @param colour red, green and blue that photographs are over and models are drawn over
 * @param isRandom whether another one is taken at each step
 * @param seed of the random ones
 */
record Backdrop(double[] colour, boolean isRandom, long seed) {
    private static final int COLOURS = 0xBAC4;

    /** Red, green and blue, each from 0 to 1. */
    double[] at(long step) {
        if (!isRandom) {
            return colour;
        }
        var random = new CounterRandom(seed);
        var drawn = new double[3];
        for (int c = 0; c < 3; c++) {
            drawn[c] = random.uniform(0, COLOURS, 3 * step + c);
        }
        return drawn;
    }

    /** What is added to a wholly transparent pixel of a photograph over another colour. */
    double[] shift(double[] other) {
        var shift = new double[3];
        for (int c = 0; c < 3; c++) {
            shift[c] = other[c] - colour[c];
        }
        return shift;
    }
}
