package org.kernfield.numerics;

import org.kernfield.backend.Workers;
import org.kernfield.field.Image;

/** How much two pictures of the same size differ. */
public final class ImageMetrics {
    /** Rows of a picture that one part of the work takes; the sums are cut here, so it is fixed. */
    static final int STRIP = 64;

    private ImageMetrics() {}

    /**
     * Peak signal-to-noise ratio on the calling thread; see {@link #psnr(Image, Image, Workers)}.
     */
    public static double psnr(Image a, Image b) {
        return psnr(a, b, Workers.SERIAL);
    }

    /**
     * Peak signal-to-noise ratio for a peak of 1: −10·log₁₀ of the mean squared difference.
     *
     * @return decibels; +∞ for equal pictures
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double psnr(Image a, Image b, Workers workers) {
        return psnr(a, b, null, workers);
    }

    /**
     * The same of pixels that count unequally: −10·log₁₀ of the weighted mean.
     *
     * @param weights of each pixel, row-major, none negative; null where all count alike
     * @return decibels; +∞ for equal pictures; NaN where no pixel counts
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double psnr(Image a, Image b, float[] weights, Workers workers) {
        requireSameSize(a, b);
        requireOneAPixel(a, weights);
        float[] x = a.values();
        float[] y = b.values();
        int channels = a.channels();
        int strip = STRIP * a.width() * channels;
        int parts = Math.ceilDiv(x.length, strip);
        var sums = new double[parts];
        workers.forEach(
                parts,
                part -> {
                    int end = (int) Math.min(x.length, (part + 1L) * strip);
                    double sum = 0;
                    for (int k = part * strip; k < end; k++) {
                        double difference = (double) x[k] - y[k];
                        double square = difference * difference;
                        sum += weights == null ? square : weights[k / channels] * square;
                    }
                    sums[part] = sum;
                });
        double squares = 0;
        for (double sum : sums) {
            squares += sum;
        }
        double count = weights == null ? x.length : sum(weights, 0, weights.length) * channels;
        return -10 * Math.log10(squares / count);
    }

    /** Structural similarity on the calling thread; see {@link #ssim(Image, Image, Workers)}. */
    public static double ssim(Image a, Image b) {
        return ssim(a, b, Workers.SERIAL);
    }

    /**
     * Structural similarity with an 11 × 11 Gaussian window of σ = 1.5 pixels and a data range of
     * 1, averaged over channels and over the pixels whose window lies within the picture.
     *
     * <p>Source: Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, Image quality assessment:
     * from error visibility to structural similarity, IEEE TIP 13 (2004), equation 13.
     *
     * @return at most 1; NaN where a side is shorter than 11 pixels
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double ssim(Image a, Image b, Workers workers) {
        return ssim(a, b, null, workers);
    }

    /**
     * The same of pixels that count unequally; the window in the middle of which a pixel lies has
     * that pixel's weight.
     *
     * @param weights of each pixel, row-major, none negative; null where all count alike
     * @return at most 1; NaN where a side is shorter than 11 pixels or no such window counts
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double ssim(Image a, Image b, float[] weights, Workers workers) {
        requireSameSize(a, b);
        requireOneAPixel(a, weights);
        int columns = a.width() - 2 * Similarity.RADIUS;
        int rows = a.height() - 2 * Similarity.RADIUS;
        if (columns < 1 || rows < 1) {
            return Double.NaN;
        }
        int strips = Math.ceilDiv(rows, STRIP);
        var sums = new double[strips * a.channels()];
        workers.forEach(
                sums.length,
                part -> {
                    int first = part % strips * STRIP;
                    int last = Math.min(rows, first + STRIP);
                    sums[part] = new Similarity(a, b, part / strips, weights).sum(first, last);
                });
        double sum = 0;
        for (double strip : sums) {
            sum += strip;
        }
        double count = (double) rows * columns;
        if (weights != null) {
            count = 0;
            for (int y = Similarity.RADIUS; y < rows + Similarity.RADIUS; y++) {
                int from = y * a.width() + Similarity.RADIUS;
                count += sum(weights, from, from + columns);
            }
        }
        return sum / (count * a.channels());
    }

    private static double sum(float[] weights, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += weights[k];
        }
        return sum;
    }

    private static void requireOneAPixel(Image a, float[] weights) {
        if (weights != null && weights.length != a.pixels()) {
            throw new IllegalArgumentException(
                    weights.length + " weights for " + size(a) + ": give one a pixel");
        }
    }

    private static void requireSameSize(Image a, Image b) {
        if (a.width() != b.width() || a.height() != b.height() || a.channels() != b.channels()) {
            throw new IllegalArgumentException(
                    size(a) + " and " + size(b) + ": not of one size; compare equal sizes");
        }
    }

    private static String size(Image a) {
        return a.width() + " × " + a.height() + " × " + a.channels();
    }
}
