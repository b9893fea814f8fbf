package org.kernfield.numerics;

/**
 * Draws that follow a density and spread evenly: systematic sampling, one threshold in each of
 * equal shares of the total, along an order in which neighbours stay together.
 *
 * <p>Source: W. G. Madow, On the theory of systematic sampling II, Annals of Mathematical
 * Statistics 20 (1949).
 */
public final class WeightedSampling {
    private WeightedSampling() {}

    /**
     * Draws pixels along Hilbert's curve.
     *
     * @param density width × height, row-major, not negative; not modified
     * @return indices {@code y · width + x} along the curve; see {@link #draw}
     */
    public static int[] pixels(float[] density, int width, int height, int count, long seed) {
        return draw(density, Hilbert.order(width, height), count, seed);
    }

    /**
     * Draws elements with expected frequency count · density / total; each occurs that often,
     * rounded up or down, so one with more than its share occurs repeatedly.
     *
     * @param density not negative, finite; not modified
     * @param order a permutation of the elements, for example by {@link Morton} code
     * @param count how many to draw, 0 or more
     * @param seed decides on the one random number that is used
     * @return {@code count} elements, in that order
     * @throws IllegalArgumentException for a negative or infinite density, or where all are 0
     */
    public static int[] draw(float[] density, int[] order, int count, long seed) {
        double total = 0;
        for (int element : order) {
            if (!(density[element] >= 0 && density[element] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "density %s of element %d: not a weight; use finite numbers from 0"
                                .formatted(density[element], element));
            }
            total += density[element];
        }
        if (total == 0 && count > 0) {
            throw new IllegalArgumentException(
                    "density: 0 everywhere; give at least one element a weight above 0");
        }
        double share = total / count;
        double offset = new CounterRandom(seed).uniform(0, 0, 0);
        var drawn = new int[count];
        int j = 0;
        int last = -1;
        double passed = 0;
        for (int k = 0; k < order.length && j < count; k++) {
            passed += density[order[k]];
            if (density[order[k]] > 0) {
                last = order[k];
            }
            while (j < count && (j + offset) * share < passed) {
                drawn[j++] = order[k];
            }
        }
        // rounding may leave the last threshold at the total itself
        while (j < count) {
            drawn[j++] = last;
        }
        return drawn;
    }
}
