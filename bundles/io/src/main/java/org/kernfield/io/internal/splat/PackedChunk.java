package org.kernfield.io.internal.splat;

import org.kernfield.io.internal.Little;
import org.kernfield.scene.Splats;

/**
 * 256 splats between bounds of their own: positions and log scales of 11, 10, 11 bits, rotations as
 * the place of the largest component and the three others of 10 bits each, colours and opacity of
 * 8.
 */
final class PackedChunk {
    /** Splats that share bounds. */
    static final int SIZE = 256;

    private static final int VALUES = 18;

    /** Colours are kept as bytes between these multiples. */
    private static final float HARMONICS = 8;

    private static final float[] LOGITS = Activation.logitsOfBytes();

    private final Splats splats;
    private final float[][] low = new float[3][3];
    private final float[][] high = new float[3][3];
    private final float[] values = new float[3];
    private final double[] quaternion = new double[4];

    PackedChunk(Splats splats) {
        this.splats = splats;
    }

    /**
     * Takes one splat apart.
     *
     * @param bounds 18 numbers a chunk: low and high corner of means, log scales, colours
     * @param to receives it as row {@code splat}
     */
    static void unpack(
            int position,
            int rotation,
            int scale,
            int colour,
            float[] bounds,
            Splats to,
            int splat) {
        int b = splat / SIZE * VALUES;
        unpack111011(position, bounds, b, to.means(), 3 * splat);
        unpack111011(scale, bounds, b + 6, to.logScales(), 3 * splat);
        unpackRotation(rotation, to.rotations(), 4 * splat);
        int sh = splat * 3 * Splats.coefficients(to.degree());
        for (int c = 0; c < 3; c++) {
            double t = (colour >>> 24 - 8 * c & 0xFF) / 255.0;
            to.sh()[sh + c] = Activation.shOfColour(lerp(bounds, b + 12 + c, t));
        }
        to.opacities()[splat] = LOGITS[colour & 0xFF];
    }

    private static void unpack111011(int word, float[] bounds, int b, float[] to, int at) {
        to[at] = (float) lerp(bounds, b, (word >>> 21) / 2047.0);
        to[at + 1] = (float) lerp(bounds, b + 1, (word >>> 11 & 1023) / 1023.0);
        to[at + 2] = (float) lerp(bounds, b + 2, (word & 2047) / 2047.0);
    }

    /** Between a lower bound and the upper one three places on. */
    private static double lerp(float[] bounds, int low, double t) {
        return bounds[low] * (1 - t) + bounds[low + 3] * t;
    }

    private static void unpackRotation(int word, float[] to, int at) {
        int largest = word >>> 30;
        double rest = 1;
        for (int k = 0, shift = 20; k < 4; k++) {
            if (k != largest) {
                double value = ((word >>> shift & 1023) / 1023.0 - 0.5) * Math.sqrt(2);
                to[at + k] = (float) value;
                rest -= value * value;
                shift -= 10;
            }
        }
        to[at + largest] = (float) Math.sqrt(Math.max(0, rest));
    }

    /** A coefficient of a byte. */
    static float harmonic(int value) {
        double t = value == 0 ? 0 : value == 255 ? 1 : (value + 0.5) / 256;
        return (float) ((t - 0.5) * HARMONICS);
    }

    /**
     * Packs splats that lie near each other.
     *
     * @param order rows of splats
     * @param bounds receives 18 floats
     * @param words receives four words a splat, those of {@code order[first]} at {@code 16 · first}
     */
    void pack(int[] order, int first, int n, byte[] bounds, byte[] words) {
        for (int kind = 0; kind < 3; kind++) {
            bound(order, first, n, kind);
            for (int c = 0; c < 3; c++) {
                Little.f32(bounds, 4 * (6 * kind + c), low[kind][c]);
                Little.f32(bounds, 4 * (6 * kind + 3 + c), high[kind][c]);
            }
        }
        for (int k = 0; k < n; k++) {
            int splat = order[first + k];
            int at = 16 * (first + k);
            Little.i32(words, at, pack111011(0, splat));
            Little.i32(words, at + 4, packRotation(splat));
            Little.i32(words, at + 8, pack111011(1, splat));
            Little.i32(words, at + 12, packColour(splat));
        }
    }

    private void bound(int[] order, int first, int n, int kind) {
        java.util.Arrays.fill(low[kind], Float.POSITIVE_INFINITY);
        java.util.Arrays.fill(high[kind], Float.NEGATIVE_INFINITY);
        for (int k = 0; k < n; k++) {
            load(order[first + k], kind);
            for (int c = 0; c < 3; c++) {
                low[kind][c] = Math.min(low[kind][c], values[c]);
                high[kind][c] = Math.max(high[kind][c], values[c]);
            }
        }
    }

    private void load(int splat, int kind) {
        for (int c = 0; c < 3; c++) {
            values[c] =
                    switch (kind) {
                        case 0 -> splats.means()[3 * splat + c];
                        case 1 ->
                                Math.clamp(
                                        splats.logScales()[3 * splat + c],
                                        -Splats.LARGEST_LOG_SCALE,
                                        Splats.LARGEST_LOG_SCALE);
                        default -> {
                            int sh = splat * 3 * Splats.coefficients(splats.degree());
                            yield (float) Activation.colourOfSh(splats.sh()[sh + c]);
                        }
                    };
        }
    }

    private int pack111011(int kind, int splat) {
        load(splat, kind);
        return quantised(kind, 0, 2047) << 21
                | quantised(kind, 1, 1023) << 11
                | quantised(kind, 2, 2047);
    }

    private int quantised(int kind, int c, int steps) {
        double range = (double) high[kind][c] - low[kind][c];
        return range > 0 ? (int) Math.rint((values[c] - low[kind][c]) / range * steps) : 0;
    }

    private int packColour(int splat) {
        load(splat, 2);
        return quantised(2, 0, 255) << 24
                | quantised(2, 1, 255) << 16
                | quantised(2, 2, 255) << 8
                | Activation.opacity(splats.opacities()[splat]);
    }

    private int packRotation(int splat) {
        Activation.unit(splats.rotations(), 4 * splat, quaternion);
        int largest = Activation.largest(quaternion);
        double sign = quaternion[largest] < 0 ? -1 : 1;
        int word = largest;
        for (int k = 0; k < 4; k++) {
            if (k != largest) {
                double value = sign * quaternion[k] * Math.sqrt(0.5) + 0.5;
                word = word << 10 | (int) Math.clamp(Math.rint(value * 1023), 0, 1023);
            }
        }
        return word;
    }

    /** The coefficients beyond the first of a splat, a byte each, channel after channel. */
    void harmonics(int splat, byte[] to) {
        int rest = to.length / 3;
        int sh = splat * 3 * Splats.coefficients(splats.degree()) + 3;
        for (int channel = 0, k = 0; channel < 3; channel++) {
            for (int c = 0; c < rest; c++, k++) {
                float value = splats.sh()[sh + 3 * c + channel];
                to[k] =
                        (byte)
                                (int)
                                        Math.clamp(
                                                Math.floor((value / HARMONICS + 0.5) * 256),
                                                0,
                                                255);
            }
        }
    }
}
