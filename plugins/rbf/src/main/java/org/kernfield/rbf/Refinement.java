package org.kernfield.rbf;

import org.kernfield.field.Image;
import org.kernfield.numerics.WeightedSampling;

import java.util.Arrays;

/**
 * Changes a set of kernels between steps: removes those that draw next to nothing and adds narrow
 * round ones where the difference from the picture is large, up to a given number.
 *
 * @param kernels the new set, in spatial order
 * @param origin for each the old kernel it continues, or −1
 */
record Refinement(Kernels kernels, int[] origin) {
    /** Colour times width below which a kernel is idle: a third of an 8-bit step at its centre. */
    private static final double IDLE = 0.0015;

    /** Standard deviation of a new kernel in pixels. */
    private static final double NEW_WIDTH = 0.7;

    /** Share of the local difference that a new kernel takes on. */
    private static final double NEW_SHARE = 0.5;

    /** Power of the squared difference by which places are drawn. */
    private static final double EMPHASIS = 0.75;

    /**
     * @param difference rendering − picture, height × width × channels
     * @param target number of kernels afterwards
     * @param seed decides where new ones are put
     */
    static Refinement of(
            Image image, Blocks blocks, Kernels old, float[] difference, int target, long seed) {
        int[] kept = busy(old);
        int[] pixels = new int[0];
        float[] density = density(image, difference);
        if (kept.length < target && density != null) {
            pixels =
                    WeightedSampling.pixels(
                            density, image.width(), image.height(), target - kept.length, seed);
        }
        int[] origin = Arrays.copyOf(kept, kept.length + pixels.length);
        Arrays.fill(origin, kept.length, origin.length, -1);
        Kernels mixed = old.permuted(origin);
        int channels = image.channels();
        for (int k = 0; k < pixels.length; k++) {
            int j = kept.length + k;
            mixed.centres()[2 * j] = pixels[k] % image.width() + 0.5f;
            mixed.centres()[2 * j + 1] = pixels[k] / image.width() + 0.5f;
            mixed.shapes()[3 * j] = (float) -Math.log(NEW_WIDTH);
            mixed.shapes()[3 * j + 2] = (float) -Math.log(NEW_WIDTH);
            for (int c = 0; c < channels; c++) {
                mixed.colours()[channels * j + c] =
                        (float) (-NEW_SHARE * difference[channels * pixels[k] + c]);
            }
        }
        int[] order = mixed.spatialOrder(blocks);
        var sortedOrigin = new int[order.length];
        Arrays.setAll(sortedOrigin, k -> origin[order[k]]);
        return new Refinement(mixed.permuted(order), sortedOrigin);
    }

    private static int[] busy(Kernels kernels) {
        var kept = new int[kernels.count()];
        int n = 0;
        for (int j = 0; j < kept.length; j++) {
            double colour = 0;
            for (int c = 0; c < kernels.channels(); c++) {
                colour += Math.abs(kernels.colours()[kernels.channels() * j + c]);
            }
            double width = Math.exp(-(kernels.shapes()[3 * j] + kernels.shapes()[3 * j + 2]) / 2);
            if (colour * width > IDLE * kernels.channels()) {
                kept[n++] = j;
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /** Where new kernels are wanted; null where the picture is met exactly. */
    private static float[] density(Image image, float[] difference) {
        var density = new float[Math.toIntExact(image.pixels())];
        double total = 0;
        for (int i = 0; i < density.length; i++) {
            double squares = 0;
            for (int c = 0; c < image.channels(); c++) {
                double d = difference[image.channels() * i + c];
                squares += d * d;
            }
            density[i] = (float) Math.pow(squares, EMPHASIS);
            total += density[i];
        }
        return total > 0 && Double.isFinite(total) ? density : null;
    }
}
