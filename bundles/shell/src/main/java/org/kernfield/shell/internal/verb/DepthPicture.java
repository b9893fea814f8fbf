package org.kernfield.shell.internal.verb;

import org.kernfield.field.Image;

import java.util.Arrays;

/**
 * Distances as greys for people: white near, dark far, black where nothing is.
 *
 * @param nearest distance from which on nearer ones are white; NaN where nothing is at all
 * @param farthest distance from which on farther ones are dark; NaN where nothing is at all
 */
record DepthPicture(Image greys, double nearest, double farthest) {
    /** Share of the distances beyond the range at each end, which stray splats would fill. */
    private static final double STRAY = 0.01;

    private static final double DARK = 0.1;

    /**
     * @param depths one number a pixel, NaN where nothing is
     */
    static DepthPicture of(Image depths) {
        float[] sorted = sorted(depths.values());
        int n = sorted.length;
        int stray = (int) (STRAY * n);
        double nearest = n == 0 ? Double.NaN : sorted[stray];
        double farthest = n == 0 ? Double.NaN : sorted[n - 1 - stray];
        return new DepthPicture(greys(depths, nearest, farthest), nearest, farthest);
    }

    /** Those that are numbers. */
    private static float[] sorted(float[] depths) {
        var kept = new float[depths.length];
        int n = 0;
        for (float depth : depths) {
            if (!Float.isNaN(depth)) {
                kept[n++] = depth;
            }
        }
        float[] sorted = Arrays.copyOf(kept, n);
        Arrays.sort(sorted);
        return sorted;
    }

    private static Image greys(Image depths, double nearest, double farthest) {
        double range = farthest > nearest ? farthest - nearest : 1;
        var greys = new float[depths.values().length];
        for (int k = 0; k < greys.length; k++) {
            double depth = depths.values()[k];
            if (!Double.isNaN(depth)) {
                double nearness = Math.clamp((farthest - depth) / range, 0.0, 1.0);
                greys[k] = (float) (DARK + (1 - DARK) * nearness);
            }
        }
        return new Image(depths.width(), depths.height(), 1, greys);
    }
}
