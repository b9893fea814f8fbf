package org.kernfield.shell.internal.picture;

import org.kernfield.backend.Workers;
import org.kernfield.field.Image;
import org.kernfield.numerics.ImageMetrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** PSNR and SSIM as scripts read them. */
public final class Scores {
    /** Stands for an infinite PSNR, which JSON cannot say. */
    public static final double INFINITE = 999;

    private Scores() {}

    /** {@code psnr} in decibels and {@code ssim}, null below 11 pixels a side. */
    public static Map<String, Double> of(Image a, Image b, Workers workers) {
        var scores = new LinkedHashMap<String, Double>();
        scores.put("psnr", Math.min(INFINITE, ImageMetrics.psnr(a, b, workers)));
        double ssim = ImageMetrics.ssim(a, b, workers);
        scores.put("ssim", Double.isNaN(ssim) ? null : ssim);
        return scores;
    }
}
