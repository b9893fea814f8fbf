package org.kernfield.io.internal.splat;

import org.kernfield.scene.Splats;

/** Between the numbers in memory and those that files keep. */
final class Activation {
    private Activation() {}

    /** 1 / (1 + e^−x). */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** log(y / (1 − y)); infinite at 0 and 1. */
    static float logit(double y) {
        return (float) Math.log(y / (1 - y));
    }

    /** {@link #logit} of k/255 for every byte k. */
    static float[] logitsOfBytes() {
        var logits = new float[256];
        for (int k = 0; k < 256; k++) {
            logits[k] = logit(k / 255.0);
        }
        return logits;
    }

    /** Rounded and limited to a byte. */
    static int toByte(double value) {
        return (int) Math.clamp(Math.rint(value), 0, 255);
    }

    /** Opacity as a byte. */
    static int opacity(float logit) {
        return toByte(255 * sigmoid(logit));
    }

    /** Coefficient of degree 0 of a colour in [0, 1]. */
    static float shOfColour(double colour) {
        return (float) ((colour - 0.5) / Splats.SH_0);
    }

    /** Colour of a coefficient of degree 0, not limited. */
    static double colourOfSh(double sh) {
        return 0.5 + Splats.SH_0 * sh;
    }

    /**
     * A quaternion of unit length with a first non-zero sign of its own kept; the identity where
     * there is no direction.
     *
     * @param to receives w, x, y, z
     */
    static void unit(float[] rotations, int at, double[] to) {
        double norm = 0;
        for (int k = 0; k < 4; k++) {
            to[k] = rotations[at + k];
            norm += to[k] * to[k];
        }
        if (norm > 0 && norm < Double.POSITIVE_INFINITY) {
            double scale = 1 / Math.sqrt(norm);
            for (int k = 0; k < 4; k++) {
                to[k] *= scale;
            }
        } else {
            to[0] = 1;
            to[1] = to[2] = to[3] = 0;
        }
    }

    /** Place of the component of largest magnitude, the first of equals. */
    static int largest(double[] quaternion) {
        int largest = 0;
        for (int k = 1; k < 4; k++) {
            if (Math.abs(quaternion[k]) > Math.abs(quaternion[largest])) {
                largest = k;
            }
        }
        return largest;
    }
}
