package org.kernfield.shell.internal.picture;

import org.kernfield.field.Image;

import java.util.Arrays;

/**
 * Where two pictures differ: the absolute difference of each pixel, averaged over the channels,
 * dark where they agree and light where they do not.
 *
 * @param picture the map, red, green and blue
 * @param scale the difference shown as the lightest colour; larger ones look the same
 */
public record HeatMap(Image picture, double scale) {
    /** One pixel in so many may be beyond the scale, so that a speck does not darken the rest. */
    private static final int BEYOND = 1000;

    /** The least scale: one step of an 8-bit picture. */
    private static final double LEAST = 1 / 255.0;

    /** The map of two pictures of one size. */
    public static HeatMap of(Image a, Image b) {
        float[] difference = differences(a, b);
        double scale = Math.max(LEAST, quantile(difference));
        var rgb = new float[3 * difference.length];
        for (int k = 0; k < difference.length; k++) {
            Ramp.write(difference[k] / scale, rgb, 3 * k);
        }
        return new HeatMap(new Image(a.width(), a.height(), 3, rgb), scale);
    }

    private static float[] differences(Image a, Image b) {
        int channels = a.channels();
        float[] x = a.values();
        float[] y = b.values();
        var difference = new float[Math.toIntExact(a.pixels())];
        for (int pixel = 0; pixel < difference.length; pixel++) {
            float sum = 0;
            for (int k = pixel * channels; k < (pixel + 1) * channels; k++) {
                sum += Math.abs(x[k] - y[k]);
            }
            difference[pixel] = sum / channels;
        }
        return difference;
    }

    private static double quantile(float[] difference) {
        float[] sorted = difference.clone();
        Arrays.parallelSort(sorted);
        return sorted[sorted.length - 1 - sorted.length / BEYOND];
    }
}
