package org.kernfield.splat.train;

import org.kernfield.backend.Workers;
import org.kernfield.field.Image;
import org.kernfield.numerics.ImageMetrics;

/**
 * How well held-out pictures are rendered, both sides rounded to 8 bits.
 *
 * @param psnr in decibels
 * @param ssim NaN for pictures below 11 pixels a side
 * @param loss 0.8·L1 + 0.2·(1 − SSIM)
 */
record Scores(double psnr, double ssim, double loss) {
    private static final double DISSIMILARITY = 0.2;

    static Scores of(Image rendered, Image truth, Workers workers) {
        Image a = rendered.eightBit();
        Image b = truth.eightBit();
        double ssim = ImageMetrics.ssim(a, b, workers);
        double loss = (1 - DISSIMILARITY) * distance(a, b) + DISSIMILARITY * (1 - ssim);
        return new Scores(ImageMetrics.psnr(a, b, workers), ssim, loss);
    }

    private static double distance(Image a, Image b) {
        double sum = 0;
        for (int k = 0; k < a.values().length; k++) {
            sum += Math.abs((double) a.values()[k] - b.values()[k]);
        }
        return sum / a.values().length;
    }
}
