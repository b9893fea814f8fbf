package org.kernfield.splat.field;

import org.kernfield.scene.Splats;

import java.util.Arrays;

/** The box that a scene fills, a few stray splats apart. */
final class Extent {
    /** Share of the means beside the box at each end. */
    private static final double STRAY = 0.005;

    /** Standard deviations, of the median size, about the means. */
    private static final double SIZES = 3;

    private Extent() {}

    /** Least x, y, z, then largest; a unit box about the origin where nothing has a place. */
    static double[] of(Splats splats) {
        double margin = SIZES * Math.exp(median(splats.logScales()));
        margin = margin > 0 && margin < 1e30 ? margin : 0;
        double[] bounds = {-0.5, -0.5, -0.5, 0.5, 0.5, 0.5};
        for (int c = 0; c < 3; c++) {
            float[] sorted = sorted(splats.means(), 3, c);
            if (sorted.length > 0) {
                int beside = (int) (STRAY * sorted.length);
                bounds[c] = sorted[beside] - margin;
                bounds[3 + c] = sorted[sorted.length - 1 - beside] + margin;
            }
        }
        return bounds;
    }

    private static double median(float[] values) {
        float[] sorted = sorted(values, 1, 0);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** Every {@code step}th number that is finite, in ascending order. */
    private static float[] sorted(float[] values, int step, int first) {
        var kept = new float[values.length / step];
        int n = 0;
        for (int k = first; k < values.length; k += step) {
            if (Float.isFinite(values[k])) {
                kept[n++] = values[k];
            }
        }
        float[] finite = Arrays.copyOf(kept, n);
        Arrays.sort(finite);
        return finite;
    }
}
