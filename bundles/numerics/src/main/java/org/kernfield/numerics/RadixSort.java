package org.kernfield.numerics;

/** Sorts 64-bit keys by their digits, equal ones in the order in which they came. */
public final class RadixSort {
    private static final int BITS = 11;
    private static final int DIGITS = 1 << BITS;

    private RadixSort() {}

    /**
     * The order of unsigned keys: {@code keys[order[0]]} is the smallest; stable. Time is linear;
     * digits that all keys share cost one reading.
     *
     * @param keys not modified
     * @return a permutation of 0 to keys.length − 1
     */
    public static int[] order(long[] keys) {
        var order = new int[keys.length];
        for (int k = 0; k < order.length; k++) {
            order[k] = k;
        }
        long differing = 0;
        for (long key : keys) {
            differing |= key ^ keys[0];
        }
        var next = new int[keys.length];
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            if ((differing >>> shift & DIGITS - 1) != 0) {
                pass(keys, shift, order, next);
                int[] swap = order;
                order = next;
                next = swap;
            }
        }
        return order;
    }

    private static void pass(long[] keys, int shift, int[] order, int[] next) {
        var start = new int[DIGITS + 1];
        for (long key : keys) {
            start[(int) (key >>> shift & DIGITS - 1) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            start[digit + 1] += start[digit];
        }
        for (int k : order) {
            next[start[(int) (keys[k] >>> shift & DIGITS - 1)]++] = k;
        }
    }

    /**
     * Rows in another order: row k of the result is row {@code order[k]} of {@code rows}.
     *
     * @param rows n × width, row-major; not modified
     */
    public static float[] gather(float[] rows, int width, int[] order) {
        var gathered = new float[order.length * width];
        for (int k = 0; k < order.length; k++) {
            System.arraycopy(rows, order[k] * width, gathered, k * width, width);
        }
        return gathered;
    }
}
