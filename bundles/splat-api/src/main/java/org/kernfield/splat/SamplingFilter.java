package org.kernfield.splat;

import org.kernfield.scene.Camera;
import org.kernfield.scene.View;

import java.util.List;

/**
 * The three-dimensional smoothing filter: no splat can be finer than what its views can resolve, so
 * each is blurred by the variance 0.2/ν², ν being the highest sampling rate, focal length over
 * depth, of the views that see its mean; over distance where angles are sampled, and the focal
 * length itself of orthographic views.
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
     * @param views with any lens; distortion is passed over
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

    /**
     * By how many views each mean is seen, what lies before it passed over.
     *
     * @param means n × 3
     * @param views with any lens; distortion is passed over
     * @param near distance from which a mean is seen
     * @return n numbers of views
     */
    public static int[] sightings(float[] means, List<View> views, double near) {
        var sightings = new int[means.length / 3];
        for (int j = 0; j < sightings.length; j++) {
            for (View view : views) {
                sightings[j] += rate(means, 3 * j, view, near) > 0 ? 1 : 0;
            }
        }
        return sightings;
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
        Camera camera = view.camera();
        double distance = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
        boolean isSeen =
                switch (camera.lens()) {
                    case PERSPECTIVE -> p[2] >= near && isSeen(camera, p[0] / p[2], p[1] / p[2]);
                    case ORTHOGRAPHIC -> p[2] >= near && isSeen(camera, p[0], p[1]);
                    case FISHEYE -> distance >= near && isSeen(camera, p);
                    case EQUIRECTANGULAR -> distance >= near;
                };
        double depth =
                switch (camera.lens()) {
                    case PERSPECTIVE -> p[2];
                    case ORTHOGRAPHIC -> 1;
                    case FISHEYE, EQUIRECTANGULAR -> distance;
                };
        return isSeen ? Math.max(camera.fx(), camera.fy()) / depth : 0;
    }

    /** At the angle from the axis. */
    private static boolean isSeen(Camera camera, double[] p) {
        double r = Math.hypot(p[0], p[1]);
        double scale = r > 0 ? Math.atan2(r, p[2]) / r : 0;
        return isSeen(camera, scale * p[0], scale * p[1]);
    }

    private static boolean isSeen(Camera camera, double x, double y) {
        return isWithin(camera.fx() * x + camera.cx(), camera.width())
                && isWithin(camera.fy() * y + camera.cy(), camera.height());
    }

    private static boolean isWithin(double pixel, int size) {
        return pixel >= -MARGIN * size && pixel <= (1 + MARGIN) * size;
    }
}
