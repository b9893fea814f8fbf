package org.kernfield.splat.compress;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.RadixSort;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;

import java.util.Arrays;
import java.util.List;

/**
 * How much each splat adds to pictures: the sum of its blending weights α·T over all pixels of
 * several views, T being the light that what lies before it lets through. It is what the gradient
 * of the sum of all pixels by the splat's colour is, and the global significance of LightGaussian
 * (Fan and others 2024) with transmittance in place of a bare count of rays.
 */
public final class Significance {
    private static final double OPAQUE = 0.99;

    /** A pixel with less light than this is done. */
    private static final float DARK = 1e-4f;

    private Significance() {}

    /**
     * The significance of every splat, in pixels; 0 for those that no view sees.
     *
     * @param views of cameras with a size and without distortion
     * @param workers a view each
     * @param cancel polled meanwhile
     */
    public static double[] of(
            Splats splats, List<View> views, Workers workers, CancelToken cancel) {
        var sums = new double[splats.count()];
        int wave = Math.max(1, workers.count());
        // views are added in their order, so that the bits do not depend on the threads
        for (int first = 0; first < views.size(); first += wave) {
            int from = first;
            int parts = Math.min(wave, views.size() - first);
            var weights = new float[parts][];
            workers.forEach(
                    parts, part -> weights[part] = weights(splats, views.get(from + part), cancel));
            for (float[] one : weights) {
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += one[k];
                }
            }
        }
        return sums;
    }

    private static float[] weights(Splats splats, View view, CancelToken cancel) {
        var projection = new Projection(splats, view);
        var depths = new float[splats.count()];
        for (int k = 0; k < depths.length; k++) {
            depths[k] = (float) projection.depth(k);
        }
        int width = view.camera().width();
        var light = new float[width * view.camera().height()];
        Arrays.fill(light, 1);
        var weights = new float[depths.length];
        int polled = 0;
        for (int k : RadixSort.order(depths, Workers.SERIAL, cancel)) {
            if (polled++ % 1024 == 0) {
                cancel.check();
            }
            if (projection.project(k)) {
                weights[k] = blend(projection, light, width);
            }
        }
        return weights;
    }

    /** Lays a splat over the picture and returns what it added. */
    private static float blend(Projection p, float[] light, int width) {
        double sum = 0;
        for (int y = p.top; y < p.bottom; y++) {
            double dy = y + 0.5 - p.v;
            for (int x = p.left; x < p.right; x++) {
                int at = y * width + x;
                if (light[at] < DARK) {
                    continue;
                }
                double dx = x + 0.5 - p.u;
                double power = -0.5 * (p.a * dx * dx + p.c * dy * dy) - p.b * dx * dy;
                double alpha = Math.min(OPAQUE, p.opacity * Math.exp(power));
                if (alpha >= Projection.LEAST_ALPHA) {
                    sum += alpha * light[at];
                    light[at] *= (float) (1 - alpha);
                }
            }
        }
        return (float) sum;
    }
}
