package org.kernfield.numerics;

import org.kernfield.field.Image;

/**
 * The terms of SSIM for one channel of a pair of pictures, row by row.
 *
 * <p>With p = x + y − 1 and q = x − y only four moments are filtered, and their variances Vp, Vq
 * give 2·cov(x, y) = (Vp − Vq)/2 and var x + var y = (Vp + Vq)/2. In float32 this keeps the small
 * quantity, the difference, exact; subtracting 1 keeps p² small where variances cancel.
 */
final class Similarity {
    /** The window reaches int(3.5 · 1.5 + 0.5) pixels to each side, as scipy's truncate = 3.5. */
    static final int RADIUS = 5;

    private static final int WINDOW = 2 * RADIUS + 1;
    private static final double SIGMA = 1.5;
    private static final float[] WEIGHTS = weights();

    /** (0.01 · range)² and (0.03 · range)². */
    private static final float C1 = 1e-4f;

    private static final float C2 = 9e-4f;

    private final Image a;
    private final Image b;
    private final int channel;
    private final int columns;
    private final float[] weights; // of pixels; null where all count alike

    /** Horizontally filtered p, q, p², q² of the last {@link #WINDOW} source rows. */
    private final float[][][] ring;

    private final float[] p;
    private final float[] q;
    private final float[] pp;
    private final float[] qq;
    private final float[][] moments;

    /**
     * @param weights of pixels, row-major; null where all count alike
     */
    Similarity(Image a, Image b, int channel, float[] weights) {
        this.a = a;
        this.b = b;
        this.channel = channel;
        this.weights = weights;
        int width = a.width();
        columns = width - 2 * RADIUS;
        ring = new float[4][WINDOW][columns];
        p = new float[width];
        q = new float[width];
        pp = new float[width];
        qq = new float[width];
        moments = new float[4][columns];
    }

    /** Sum of the terms of the rows {@code first} to {@code last} − 1 of the valid region. */
    double sum(int first, int last) {
        double sum = 0;
        for (int y = first; y < last + 2 * RADIUS; y++) {
            read(y);
            int slot = y % WINDOW;
            horizontal(p, ring[0][slot], columns);
            horizontal(q, ring[1][slot], columns);
            horizontal(pp, ring[2][slot], columns);
            horizontal(qq, ring[3][slot], columns);
            if (y >= first + 2 * RADIUS) {
                for (int m = 0; m < 4; m++) {
                    vertical(ring[m], y + 1, moments[m], columns);
                }
                combine(moments[0], moments[1], moments[2], moments[3], columns);
                if (weights != null) {
                    weigh(moments[0], y - RADIUS);
                }
                sum += total(moments[0]);
            }
        }
        return sum;
    }

    private void read(int y) {
        int step = a.channels();
        int at = y * p.length * step + channel;
        float[] x = a.values();
        float[] z = b.values();
        for (int k = 0; k < p.length; k++, at += step) {
            p[k] = x[at] + z[at] - 1;
            q[k] = x[at] - z[at];
        }
        for (int k = 0; k < p.length; k++) {
            pp[k] = p[k] * p[k];
            qq[k] = q[k] * q[k];
        }
    }

    private static void horizontal(float[] in, float[] out, int n) {
        float w0 = WEIGHTS[0];
        float w1 = WEIGHTS[1];
        float w2 = WEIGHTS[2];
        float w3 = WEIGHTS[3];
        float w4 = WEIGHTS[4];
        float w5 = WEIGHTS[5];
        for (int k = 0; k < n; k++) {
            out[k] =
                    w0 * in[k + 5]
                            + w1 * (in[k + 4] + in[k + 6])
                            + w2 * (in[k + 3] + in[k + 7])
                            + w3 * (in[k + 2] + in[k + 8])
                            + w4 * (in[k + 1] + in[k + 9])
                            + w5 * (in[k] + in[k + 10]);
        }
    }

    /** Filters down the ring, whose oldest row is in slot {@code oldest} modulo the window. */
    private static void vertical(float[][] ring, int oldest, float[] out, int n) {
        float[] middle = ring[(oldest + RADIUS) % WINDOW];
        for (int k = 0; k < n; k++) {
            out[k] = WEIGHTS[0] * middle[k];
        }
        for (int t = 1; t <= RADIUS; t++) {
            addPair(
                    ring[(oldest + RADIUS - t) % WINDOW],
                    ring[(oldest + RADIUS + t) % WINDOW],
                    WEIGHTS[t],
                    out,
                    n);
        }
    }

    private static void addPair(float[] above, float[] below, float weight, float[] out, int n) {
        for (int k = 0; k < n; k++) {
            out[k] += weight * (above[k] + below[k]);
        }
    }

    /** The SSIM terms, stored over the first moment. */
    private static void combine(float[] mp, float[] mq, float[] mpp, float[] mqq, int n) {
        for (int k = 0; k < n; k++) {
            float vp = mpp[k] - mp[k] * mp[k];
            float vq = mqq[k] - mq[k] * mq[k];
            float sum = (mp[k] + 1) * (mp[k] + 1);
            float difference = mq[k] * mq[k];
            // (2·mx·my + C1)(2·cov + C2) / ((mx² + my² + C1)(vx + vy + C2))
            mp[k] =
                    (0.5f * (sum - difference) + C1)
                            * (0.5f * (vp - vq) + C2)
                            / ((0.5f * (sum + difference) + C1) * (0.5f * (vp + vq) + C2));
        }
    }

    private void weigh(float[] terms, int row) {
        int from = row * p.length + RADIUS;
        for (int k = 0; k < terms.length; k++) {
            terms[k] *= weights[from + k];
        }
    }

    private static double total(float[] terms) {
        double even = 0;
        double odd = 0;
        int k = 0;
        for (; k + 1 < terms.length; k += 2) {
            even += terms[k];
            odd += terms[k + 1];
        }
        return k < terms.length ? even + odd + terms[k] : even + odd;
    }

    /** Weights by distance; the middle one takes up the rounding so that all sum to 1. */
    private static float[] weights() {
        double sum = 0;
        for (int t = -RADIUS; t <= RADIUS; t++) {
            sum += Math.exp(-0.5 * t * t / (SIGMA * SIGMA));
        }
        var weights = new float[RADIUS + 1];
        double middle = 1;
        for (int t = 1; t <= RADIUS; t++) {
            weights[t] = (float) (Math.exp(-0.5 * t * t / (SIGMA * SIGMA)) / sum);
            middle -= 2.0 * weights[t];
        }
        weights[0] = (float) middle;
        return weights;
    }
}
