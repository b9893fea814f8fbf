package org.kernfield.splat;

import org.kernfield.scene.Camera;
import org.kernfield.scene.View;

import java.util.List;

/**
 * The three-dimensional smoothing filter: no splat can be finer than what its views can resolve, so
 * each is blurred by the variance 0.2/ν², ν being the highest sampling rate, focal length over
 * depth, of the views that see its mean.
 *
 * <p>Source: Z. Yu and others, Mip-Splatting (2024), equation 9.
 */
public final class SamplingFilter {
    private static final double VARIANCE = 0.2;

    /** Means this share of a picture beyond its edge still count as seen. */
    private static final double MARGIN = 0.15;

    private SamplingFilter() {}

    /**
     * Variances in squared units of the scene; of splats that no view sees, the largest of the
     * others, 0 if there are none.
     *
     * @param means n × 3
     * @param views with perspective cameras; distortion is passed over
     * @param near distance from which a mean is seen
     * @return n variances
     */
    public static float[] variances(float[] means, List<View> views, double near) {
        int n = means.length / 3;
        var variances = new float[n];
        float largest = 0;
        for (int j = 0; j < n; j++) {
            double rate = 0;
            for (View view : views) {
                rate = Math.max(rate, rate(means, 3 * j, view, near));
            }
            variances[j] = rate > 0 ? (float) (VARIANCE / (rate * rate)) : Float.NaN;
            largest = rate > 0 ? Math.max(largest, variances[j]) : largest;
        }
        for (int j = 0; j < n; j++) {
            variances[j] = Float.isNaN(variances[j]) ? largest : variances[j];
        }
        return variances;
    }

    /** Pixels to a unit at a mean, 0 where it is not seen. */
    private static double rate(float[] means, int at, View view, double near) {
        var p = new double[3];
        double[] rotation = view.rotation();
        for (int r = 0; r < 3; r++) {
            p[r] = view.translation()[r];
            for (int c = 0; c < 3; c++) {
                p[r] += rotation[3 * r + c] * means[at + c];
            }
        }
        if (!(p[2] >= near)) {
            return 0;
        }
        Camera camera = view.camera();
        boolean isSeen =
                isWithin(camera.fx() * p[0] / p[2] + camera.cx(), camera.width())
                        && isWithin(camera.fy() * p[1] / p[2] + camera.cy(), camera.height());
        return isSeen ? Math.max(camera.fx(), camera.fy()) / p[2] : 0;
    }

    private static boolean isWithin(double pixel, int size) {
        return pixel >= -MARGIN * size && pixel <= (1 + MARGIN) * size;
    }
}
