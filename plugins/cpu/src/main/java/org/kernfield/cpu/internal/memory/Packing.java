package org.kernfield.cpu.internal.memory;

/** Rows brought together in groups, as products of matrices read them, and their squares. */
public final class Packing {
    private Packing() {}

    /**
     * Copies one component of {@code length} rows less {@code shift}: {@code group} rows side by
     * side, the next ones {@code group * width} places further on.
     */
    public static void pack(
            Object from,
            int start,
            double shift,
            Object to,
            int at,
            int group,
            int width,
            int length) {
        for (int i = 0; i < length; i += group) {
            int count = Math.min(group, length - i);
            int place = at + i * width;
            if (from instanceof float[] floats) {
                shift(floats, start + i, shift, (float[]) to, place, count);
            } else {
                shift((double[]) from, start + i, shift, (double[]) to, place, count);
            }
        }
    }

    private static void shift(
            float[] from, int start, double shift, float[] to, int at, int count) {
        for (int k = 0; k < count; k++) {
            to[at + k] = (float) (from[start + k] - shift);
        }
    }

    private static void shift(
            double[] from, int start, double shift, double[] to, int at, int count) {
        for (int k = 0; k < count; k++) {
            to[at + k] = from[start + k] - shift;
        }
    }

    /** Adds the squares of what {@link #pack} writes of one component. */
    public static void addSquares(
            Object from, int start, double shift, double[] squares, int length) {
        if (from instanceof float[] floats) {
            for (int k = 0; k < length; k++) {
                double x = (float) (floats[start + k] - shift);
                squares[k] += x * x;
            }
        } else {
            var doubles = (double[]) from;
            for (int k = 0; k < length; k++) {
                double x = doubles[start + k] - shift;
                squares[k] += x * x;
            }
        }
    }
}
