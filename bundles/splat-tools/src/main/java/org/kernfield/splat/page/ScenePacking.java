package org.kernfield.splat.page;

import org.kernfield.scene.Splats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Splats as the page's program unpacks them, little-endian, plane after plane, each filled up to
 * four bytes: bounds of chunks of 256 (six float32 each); rotations (smallest three, ten bits
 * each); colours of degree 0 (ten bits each, −0.5 to 1.5); places within the bounds (16 bits, x of
 * all, then y, z); logarithms of scales (a byte each, likewise); opacities (a byte); further
 * coefficients (a byte each, splat by splat, 128 standing for 0).
 */
final class ScenePacking {
    /** Splats that share bounds. */
    static final int CHUNK = 256;

    /** Natural logarithms by which scales may lie below and above their median. */
    private static final float BELOW = 9;

    private static final float ABOVE = 8;

    /** Share of coefficients that may be cut off, so that a few large ones do not coarsen all. */
    private static final double CUT = 1e-3;

    private static final int TEN_BITS = 1023;

    private final Splats splats;
    private final float leastScale;
    private final float mostScale;
    private final float reach;

    /**
     * @param splats in an order in which neighbours lie close; finite, opacities and low scales
     *     apart
     */
    ScenePacking(Splats splats) {
        this.splats = splats;
        float[] sorted = splats.logScales().clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2];
        float middle = Float.isFinite(median) ? median : 0;
        // both within, where all are infinite
        leastScale = Math.clamp(sorted[0], middle - BELOW, middle + ABOVE);
        mostScale = Math.clamp(sorted[sorted.length - 1], middle - BELOW, middle + ABOVE);
        reach = reach(splats);
    }

    /** What the largest code of further coefficients stands for. */
    private static float reach(Splats splats) {
        int width = 3 * Splats.coefficients(splats.degree());
        if (width == 3) {
            return 1;
        }
        var sizes = new float[splats.count() * (width - 3)];
        for (int k = 0, at = 0; k < splats.count(); k++) {
            for (int c = 3; c < width; c++) {
                sizes[at++] = Math.abs(splats.sh()[k * width + c]);
            }
        }
        Arrays.sort(sizes);
        float most = sizes[(int) ((1 - CUT) * (sizes.length - 1))];
        return most > 0 ? most : 1;
    }

    int count() {
        return splats.count();
    }

    int degree() {
        return splats.degree();
    }

    float leastScale() {
        return leastScale;
    }

    float mostScale() {
        return mostScale;
    }

    float reach() {
        return reach;
    }

    void writeTo(OutputStream out) throws IOException {
        int n = splats.count();
        var bounds = new float[6 * Math.ceilDiv(n, CHUNK)];
        ByteBuffer places = buffer(2 * 3 * n);
        places(bounds, places);
        ByteBuffer header = buffer(Float.BYTES * bounds.length);
        header.asFloatBuffer().put(bounds);
        out.write(header.array());
        out.write(rotations(n).array());
        out.write(colours(n).array());
        padded(places.array(), out);
        padded(scales(n), out);
        padded(opacities(n), out);
        padded(harmonics(n), out);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void padded(byte[] plane, OutputStream out) throws IOException {
        out.write(plane);
        out.write(new byte[(4 - plane.length % 4) % 4]);
    }

    private void places(float[] bounds, ByteBuffer places) {
        int n = splats.count();
        float[] means = splats.means();
        for (int chunk = 0; chunk * CHUNK < n; chunk++) {
            int end = Math.min(n, (chunk + 1) * CHUNK);
            for (int c = 0; c < 3; c++) {
                float low = Float.POSITIVE_INFINITY;
                float high = Float.NEGATIVE_INFINITY;
                for (int k = chunk * CHUNK; k < end; k++) {
                    low = Math.min(low, means[3 * k + c]);
                    high = Math.max(high, means[3 * k + c]);
                }
                bounds[6 * chunk + c] = low;
                bounds[6 * chunk + 3 + c] = high;
                for (int k = chunk * CHUNK; k < end; k++) {
                    places.putShort(
                            2 * (c * n + k), (short) code(means[3 * k + c], low, high, 65535));
                }
            }
        }
    }

    /** The nearest of {@code most} + 1 equal steps from {@code low} to {@code high}. */
    private static int code(double value, double low, double high, int most) {
        return high > low
                ? (int) Math.clamp(Math.rint((value - low) / (high - low) * most), 0, most)
                : 0;
    }

    private ByteBuffer rotations(int n) {
        ByteBuffer words = buffer(4 * n);
        for (int k = 0; k < n; k++) {
            words.putInt(smallestThree(splats.rotations(), 4 * k));
        }
        return words;
    }

    private static int smallestThree(float[] q, int at) {
        int largest = 0;
        double norm = 0;
        for (int c = 0; c < 4; c++) {
            norm += (double) q[at + c] * q[at + c];
            largest = Math.abs(q[at + c]) > Math.abs(q[at + largest]) ? c : largest;
        }
        // a quaternion of length 0 stands for no rotation
        double scale = norm > 0 ? Math.copySign(Math.sqrt(2 / norm), q[at + largest]) : 0;
        int word = largest << 30;
        for (int c = 3, shift = 0; c >= 0; c--) {
            if (c != largest) {
                word |= code(scale * q[at + c], -1, 1, TEN_BITS) << shift;
                shift += 10;
            }
        }
        return word;
    }

    private ByteBuffer colours(int n) {
        ByteBuffer words = buffer(4 * n);
        int width = 3 * Splats.coefficients(splats.degree());
        for (int k = 0; k < n; k++) {
            int word = 0;
            for (int c = 0; c < 3; c++) {
                double colour = 0.5 + Splats.SH_0 * splats.sh()[width * k + c];
                word |= code(colour, -0.5, 1.5, TEN_BITS) << 10 * c;
            }
            words.putInt(word);
        }
        return words;
    }

    private byte[] scales(int n) {
        var codes = new byte[3 * n];
        for (int k = 0; k < n; k++) {
            for (int c = 0; c < 3; c++) {
                float log = splats.logScales()[3 * k + c];
                codes[c * n + k] = (byte) code(log, leastScale, mostScale, 255);
            }
        }
        return codes;
    }

    private byte[] opacities(int n) {
        var codes = new byte[n];
        for (int k = 0; k < n; k++) {
            codes[k] = (byte) code(1 / (1 + Math.exp(-splats.opacities()[k])), 0, 1, 255);
        }
        return codes;
    }

    private byte[] harmonics(int n) {
        int width = 3 * Splats.coefficients(splats.degree());
        var codes = new byte[n * (width - 3)];
        for (int k = 0, at = 0; k < n; k++) {
            for (int c = 3; c < width; c++) {
                codes[at++] = (byte) (1 + code(splats.sh()[k * width + c], -reach, reach, 254));
            }
        }
        return codes;
    }
}
