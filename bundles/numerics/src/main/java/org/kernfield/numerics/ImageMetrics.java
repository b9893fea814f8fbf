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
        requireSameSize(a, b);
        float[] x = a.values();
        float[] y = b.values();
        int strip = STRIP * a.width() * a.channels();
        int parts = Math.ceilDiv(x.length, strip);
        var sums = new double[parts];
        workers.forEach(
                parts,
                part -> {
                    int end = (int) Math.min(x.length, (part + 1L) * strip);
                    double sum = 0;
                    for (int k = part * strip; k < end; k++) {
                        double difference = (double) x[k] - y[k];
                        sum += difference * difference;
                    }
                    sums[part] = sum;
                });
        double squares = 0;
        for (double sum : sums) {
            squares += sum;
        }
        return -10 * Math.log10(squares / x.length);
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
        requireSameSize(a, b);
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
                    sums[part] = new Similarity(a, b, part / strips).sum(first, last);
                });
        double sum = 0;
        for (double strip : sums) {
            sum += strip;
        }
        return sum / ((double) rows * columns * a.channels());
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
