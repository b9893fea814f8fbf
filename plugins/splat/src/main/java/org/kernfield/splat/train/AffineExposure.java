package org.kernfield.splat.train;

import org.kernfield.field.Image;
import org.kernfield.numerics.SmallSystem;

/**
 * The affine map of colours that brings one picture nearest to another, by least squares over their
 * pixels.
 *
 * @param rows of each channel three factors and an offset
 */
record AffineExposure(double[][] rows) {
    private static final int CHANNELS = 3;

    /** Squares of deviations from the identity count as much as this share of a pixel each. */
    private static final double PULL = 1e-3;

    /**
     * The one from a picture to another of the same size, 3 channels each.
     *
     * @param mask what each pixel counts; null where all count alike
     */
    static AffineExposure between(Image from, Image to, float[] mask) {
        int n = CHANNELS + 1;
        var products = new double[n][n];
        var towards = new double[CHANNELS][n];
        var c = new double[n];
        c[CHANNELS] = 1;
        for (int k = 0; k < from.values().length; k += CHANNELS) {
            for (int i = 0; i < CHANNELS; i++) {
                c[i] = from.values()[k + i];
            }
            double weight = mask == null ? 1 : mask[k / CHANNELS];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    products[i][j] += weight * c[i] * c[j];
                }
                for (int r = 0; r < CHANNELS; r++) {
                    towards[r][i] += weight * c[i] * to.values()[k + r];
                }
            }
        }
        // a picture of one colour has an answer too
        for (int i = 0; i < n; i++) {
            products[i][i] += PULL;
        }
        var system = new SmallSystem(products);
        var rows = new double[CHANNELS][];
        for (int r = 0; r < CHANNELS; r++) {
            towards[r][r] += PULL;
            rows[r] = system.solve(towards[r]);
        }
        return new AffineExposure(rows);
    }

    /** A picture under it. */
    Image of(Image picture) {
        var values = new float[picture.values().length];
        for (int k = 0; k < values.length; k++) {
            int first = k - k % CHANNELS;
            double[] row = rows[k % CHANNELS];
            double sum = row[CHANNELS];
            for (int i = 0; i < CHANNELS; i++) {
                sum += row[i] * picture.values()[first + i];
            }
            values[k] = (float) sum;
        }
        return new Image(picture.width(), picture.height(), CHANNELS, values);
    }
}
