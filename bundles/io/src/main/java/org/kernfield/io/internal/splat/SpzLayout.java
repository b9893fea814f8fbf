package org.kernfield.io.internal.splat;

import org.kernfield.format.FormatException;
import org.kernfield.io.internal.Little;
import org.kernfield.scene.Splats;

import java.nio.file.Path;

/**
 * How SPZ keeps numbers, in its own axes.
 *
 * @param version 1 to 4
 * @param degree of the spherical harmonics
 * @param fractionalBits of positions
 */
record SpzLayout(int version, int degree, int fractionalBits) {
    /** What a splat consists of, in the order of the file. */
    enum Attribute {
        POSITIONS,
        OPACITIES,
        COLOURS,
        SCALES,
        ROTATIONS,
        HARMONICS
    }

    /** A colour's coefficient times this fits a byte: a little beyond black and white. */
    private static final double COLOUR = 0.15;

    private static final int USUAL_FRACTION = 12;
    private static final int LARGEST_POSITION = (1 << 23) - 1;
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final float[] LOGITS = Activation.logitsOfBytes();

    SpzLayout {
        if (fractionalBits > 24) {
            throw new IllegalArgumentException(fractionalBits + " fractional bits of positions");
        }
    }

    /** As many as upstream, fewer where positions would not fit 24 bits. */
    static int fractionalBits(Splats splats, Path file) throws FormatException {
        float largest = 0;
        for (float x : splats.means()) {
            largest = Math.max(largest, Math.abs(x));
        }
        for (int bits = USUAL_FRACTION; bits >= 0; bits--) {
            if (Math.rint((double) largest * (1 << bits)) <= LARGEST_POSITION) {
                return bits;
            }
        }
        throw new FormatException(
                file
                        + ": positions up to "
                        + largest
                        + "; SPZ ends at "
                        + LARGEST_POSITION
                        + ", scale the scene down or write .ply");
    }

    /** Bytes of a splat. */
    int bytes() {
        int sum = 0;
        for (Attribute kind : Attribute.values()) {
            sum += bytes(kind);
        }
        return sum;
    }

    int bytes(Attribute kind) {
        return switch (kind) {
            case POSITIONS -> version == 1 ? 6 : 9;
            case OPACITIES -> 1;
            case COLOURS, SCALES -> 3;
            case ROTATIONS -> version < 3 ? 3 : 4;
            case HARMONICS -> 3 * (Splats.coefficients(degree) - 1);
        };
    }

    /** Fills one attribute of every splat. */
    void unpack(Attribute kind, byte[] in, Splats to) {
        int n = to.count();
        switch (kind) {
            case POSITIONS -> {
                for (int k = 0; k < 3 * n; k++) {
                    to.means()[k] = version == 1 ? Little.f16(in, 2 * k) : fixed(in, 3 * k);
                }
            }
            case OPACITIES -> {
                for (int k = 0; k < n; k++) {
                    to.opacities()[k] = LOGITS[in[k] & 0xFF];
                }
            }
            case COLOURS -> {
                int width = 3 * Splats.coefficients(degree);
                for (int k = 0; k < 3 * n; k++) {
                    to.sh()[k / 3 * width + k % 3] =
                            (float) (((in[k] & 0xFF) / 255.0 - 0.5) / COLOUR);
                }
            }
            case SCALES -> {
                for (int k = 0; k < 3 * n; k++) {
                    to.logScales()[k] = (in[k] & 0xFF) / 16f - 10;
                }
            }
            case ROTATIONS -> {
                for (int k = 0; k < n; k++) {
                    if (version < 3) {
                        firstThree(in, 3 * k, to.rotations(), 4 * k);
                    } else {
                        smallestThree(Little.i32(in, 4 * k), to.rotations(), 4 * k);
                    }
                }
            }
            case HARMONICS -> {
                int rest = bytes(kind);
                for (int k = 0, from = 0; k < n; k++) {
                    int at = k * (rest + 3) + 3;
                    for (int c = 0; c < rest; c++) {
                        to.sh()[at + c] = ((in[from++] & 0xFF) - 128) / 128f;
                    }
                }
            }
        }
    }

    private float fixed(byte[] in, int at) {
        int value = in[at] & 0xFF | (in[at + 1] & 0xFF) << 8 | in[at + 2] << 16;
        return (float) value / (1 << fractionalBits);
    }

    /** x, y, z of a quaternion whose w is not negative. */
    private static void firstThree(byte[] in, int from, float[] to, int at) {
        double rest = 1;
        for (int c = 0; c < 3; c++) {
            double value = (in[from + c] & 0xFF) / 127.5 - 1;
            to[at + 1 + c] = (float) value;
            rest -= value * value;
        }
        to[at] = (float) Math.sqrt(Math.max(0, rest));
    }

    /** Components in the order x, y, z, w: sign and nine bits each, the largest left out. */
    private static void smallestThree(int word, float[] to, int at) {
        int largest = word >>> 30;
        double rest = 1;
        for (int c = 3, shift = 0; c >= 0; c--) {
            if (c != largest) {
                double value = SQRT_HALF * (word >>> shift & 511) / 511;
                to[at + (c + 1 & 3)] = (float) ((word >>> shift + 9 & 1) == 1 ? -value : value);
                rest -= value * value;
                shift += 10;
            }
        }
        to[at + (largest + 1 & 3)] = (float) Math.sqrt(Math.max(0, rest));
    }

    /** One attribute of every splat, turned into the axes of the file; versions 3 and 4. */
    byte[] pack(Attribute kind, Splats splats) {
        int n = splats.count();
        var out = new byte[Math.multiplyExact(n, bytes(kind))];
        switch (kind) {
            case POSITIONS -> {
                int[] signs = {Axes.RUB.x(), Axes.RUB.y(), Axes.RUB.z()};
                for (int k = 0; k < 3 * n; k++) {
                    double value = (double) splats.means()[k] * signs[k % 3];
                    int fixed = (int) Math.rint(value * (1 << fractionalBits));
                    out[3 * k] = (byte) fixed;
                    out[3 * k + 1] = (byte) (fixed >> 8);
                    out[3 * k + 2] = (byte) (fixed >> 16);
                }
            }
            case OPACITIES -> {
                for (int k = 0; k < n; k++) {
                    out[k] = (byte) Activation.opacity(splats.opacities()[k]);
                }
            }
            case COLOURS -> {
                int width = 3 * Splats.coefficients(degree);
                for (int k = 0; k < 3 * n; k++) {
                    double value = splats.sh()[k / 3 * width + k % 3];
                    out[k] = (byte) Activation.toByte(255 * (value * COLOUR + 0.5));
                }
            }
            case SCALES -> {
                for (int k = 0; k < 3 * n; k++) {
                    out[k] = (byte) Activation.toByte(16 * (splats.logScales()[k] + 10.0));
                }
            }
            case ROTATIONS -> {
                var quaternion = new double[4];
                for (int k = 0; k < n; k++) {
                    Activation.unit(splats.rotations(), 4 * k, quaternion);
                    Little.i32(out, 4 * k, smallestThree(quaternion));
                }
            }
            case HARMONICS -> harmonics(splats, out);
        }
        return out;
    }

    private static int smallestThree(double[] wxyz) {
        double[] xyzw = {
            wxyz[1] * Axes.RUB.x(), wxyz[2] * Axes.RUB.y(), wxyz[3] * Axes.RUB.z(), wxyz[0]
        };
        int largest = Activation.largest(xyzw);
        int word = largest;
        for (int c = 0; c < 4; c++) {
            if (c != largest) {
                boolean isNegative = xyzw[c] < 0 != xyzw[largest] < 0;
                int size = (int) Math.rint(511 * Math.abs(xyzw[c]) / SQRT_HALF);
                word = word << 10 | (isNegative ? 512 : 0) | Math.min(size, 511);
            }
        }
        return word;
    }

    /** Bytes around 128, the lowest bits left out so that they pack well, as upstream does. */
    private void harmonics(Splats splats, byte[] out) {
        int[] signs = Axes.RUB.harmonics(degree);
        int rest = bytes(Attribute.HARMONICS);
        for (int k = 0, to = 0; k < splats.count(); k++) {
            int at = k * (rest + 3) + 3;
            for (int c = 0; c < rest; c++) {
                int step = c < 9 ? 8 : 16;
                double value = splats.sh()[at + c] * signs[1 + c / 3] * 128.0 + 128;
                out[to++] = (byte) Math.clamp(step * (int) Math.rint(value / step), 0, 255);
            }
        }
    }
}
