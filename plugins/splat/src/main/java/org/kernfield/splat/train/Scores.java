package org.kernfield.splat.train;

import org.kernfield.backend.Workers;
import org.kernfield.field.Image;
import org.kernfield.numerics.ImageMetrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How well held-out pictures are rendered, both sides rounded to 8 bits.
 *
 * @param psnr in decibels
 * @param ssim NaN for pictures below 11 pixels a side
 * @param loss 0.8·L1 + 0.2·(1 − SSIM)
 */
record Scores(double psnr, double ssim, double loss) {
    private static final double DISSIMILARITY = 0.2;

    /** PSNR of equal pictures. */
    private static final double EXACT = Double.POSITIVE_INFINITY;

    /** Whether a mask leaves anything to compare. */
    static boolean counts(float[] mask) {
        if (mask == null) {
            return true;
        }
        for (float weight : mask) {
            if (weight > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param mask what each pixel of the truth counts, as in training; null where all count alike
     */
    static Scores of(Image rendered, Image truth, float[] mask, Workers workers) {
        Image a = rendered.eightBit();
        Image b = truth.eightBit();
        double ssim = ImageMetrics.ssim(a, b, mask, workers);
        double loss = (1 - DISSIMILARITY) * distance(a, b, mask) + DISSIMILARITY * (1 - ssim);
        return new Scores(ImageMetrics.psnr(a, b, mask, workers), ssim, loss);
    }

    /**
     * Of several pictures. Exact ones, whose PSNR is infinite, have no part in that of the others;
     * all NaN where there are none.
     */
    static Scores mean(List<Scores> each) {
        var inexact = each.stream().mapToDouble(Scores::psnr).filter(p -> p != EXACT).toArray();
        boolean isExact = inexact.length == 0 && !each.isEmpty();
        return new Scores(
                isExact ? EXACT : mean(Arrays.stream(inexact)),
                mean(each.stream().mapToDouble(Scores::ssim)),
                mean(each.stream().mapToDouble(Scores::loss)));
    }

    private static double mean(DoubleStream values) {
        return values.average().orElse(Double.NaN);
    }

    private static double distance(Image a, Image b, float[] mask) {
        double sum = 0;
        double count = 0;
        for (int k = 0; k < a.values().length; k++) {
            double weight = mask == null ? 1 : mask[k / a.channels()];
            sum += weight * Math.abs((double) a.values()[k] - b.values()[k]);
            count += weight;
        }
        return sum / count;
    }
}
