package org.kernfield.cpu.internal.memory;

/** Rows brought together in groups, as products of matrices read them, and their squares. */
public final class Packing {
    private Packing() {}

    /**
     * Copies one component of {@code length} rows less {@code shift}, times {@code scale}: {@code
     * group} rows side by side, the next ones {@code group * width} places further on.
     */
    public static void pack(
            Object from,
            int start,
            double shift,
            double scale,
            Object to,
            int at,
            int group,
            int width,
            int length) {
        for (int i = 0; i < length; i += group) {
            int count = Math.min(group, length - i);
            int place = at + i * width;
            if (from instanceof float[] floats) {
                scaled(floats, start + i, shift, scale, (float[]) to, place, count);
            } else {
                scaled((double[]) from, start + i, shift, scale, (double[]) to, place, count);
            }
        }
    }

    private static void scaled(
            float[] from, int start, double shift, double scale, float[] to, int at, int count) {
        for (int k = 0; k < count; k++) {
            to[at + k] = (float) ((from[start + k] - shift) * scale);
        }
    }

    private static void scaled(
            double[] from, int start, double shift, double scale, double[] to, int at, int count) {
        for (int k = 0; k < count; k++) {
            to[at + k] = (from[start + k] - shift) * scale;
        }
    }

    /** Adds the squares of what {@link #pack} writes of one component. */
    public static void addSquares(
            Object from, int start, double shift, double scale, double[] squares, int length) {
        if (from instanceof float[] floats) {
            for (int k = 0; k < length; k++) {
                double x = (float) ((floats[start + k] - shift) * scale);
                squares[k] += x * x;
            }
        } else {
            var doubles = (double[]) from;
            for (int k = 0; k < length; k++) {
                double x = (doubles[start + k] - shift) * scale;
                squares[k] += x * x;
            }
        }
    }
}
