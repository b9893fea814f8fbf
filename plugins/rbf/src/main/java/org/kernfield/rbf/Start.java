package org.kernfield.rbf;

import org.kernfield.field.Image;
import org.kernfield.numerics.CounterRandom;
import org.kernfield.numerics.WeightedSampling;

/**
 * Where a fit begins: kernels drawn more densely where the picture changes, as wide as their gaps.
 */
final class Start {
    /** Share of the density that is the same everywhere; the rest follows the gradient. */
    private static final float EVEN = 0.3f;

    /** Standard deviation in units of the mean gap, 1/√density. */
    private static final double WIDTH = 0.6;

    private static final double NARROWEST = 0.45;

    private Start() {}

    static Kernels of(Image image, int count, long seed) {
        float[] density = density(image);
        int[] drawn = WeightedSampling.pixels(density, image.width(), image.height(), count, seed);
        double total = 0;
        for (float d : density) {
            total += d;
        }
        var random = new CounterRandom(seed);
        var kernels = Kernels.ofSize(count, image.channels());
        for (int j = 0; j < count; j++) {
            int pixel = drawn[j];
            kernels.centres()[2 * j] = (float) (pixel % image.width() + random.uniform(0, 1, j));
            kernels.centres()[2 * j + 1] =
                    (float) (pixel / image.width() + random.uniform(0, 2, j));
            double perPixel = density[pixel] / total * count;
            double sigma = Math.max(NARROWEST, WIDTH / Math.sqrt(perPixel));
            kernels.shapes()[3 * j] = (float) -Math.log(sigma);
            kernels.shapes()[3 * j + 2] = (float) -Math.log(sigma);
            // neighbours overlap: scaled so that together they sum to about the colour
            double share = Math.min(1, 1 / (2 * Math.PI * sigma * sigma * perPixel));
            for (int c = 0; c < image.channels(); c++) {
                kernels.colours()[image.channels() * j + c] =
                        (float) (share * image.values()[pixel * image.channels() + c]);
            }
        }
        return kernels;
    }

    /** Density of kernels up to a factor: an even part and one in proportion to the gradient. */
    private static float[] density(Image image) {
        var density = new float[Math.toIntExact(image.pixels())];
        double sum = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                float g = gradient(image, x, y);
                density[y * image.width() + x] = g;
                sum += g;
            }
        }
        double mean = sum / density.length;
        for (int i = 0; i < density.length; i++) {
            density[i] = mean > 0 ? (float) (EVEN + (1 - EVEN) * density[i] / mean) : 1f;
        }
        return density;
    }

    /** Norm of the central differences over both axes and all channels. */
    private static float gradient(Image image, int x, int y) {
        int left = Math.max(0, x - 1);
        int right = Math.min(image.width() - 1, x + 1);
        int above = Math.max(0, y - 1);
        int below = Math.min(image.height() - 1, y + 1);
        float sum = 0;
        for (int c = 0; c < image.channels(); c++) {
            float dx = image.get(right, y, c) - image.get(left, y, c);
            float dy = image.get(x, below, c) - image.get(x, above, c);
            sum += dx * dx + dy * dy;
        }
        return (float) Math.sqrt(sum);
    }
}
