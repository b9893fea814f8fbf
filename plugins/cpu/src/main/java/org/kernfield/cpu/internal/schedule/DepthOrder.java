package org.kernfield.cpu.internal.schedule;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Sorts numbered keys by their digits, equal ones in the order in which they came, in parallel: the
 * chunks that count and move depend on the number of keys only, and the result not even on them.
 */
final class DepthOrder {
    private static final int BITS = 11;
    private static final int DIGITS = 1 << BITS;

    /** Keys below which a further chunk does not pay. */
    private static final int CHUNK = 1 << 14;

    private static final int CHUNKS = 8;
    private static final long LOW = 0xFFFFFFFFL;

    private DepthOrder() {}

    /** How many chunks {@code n} items are worked on in. */
    static int chunks(int n) {
        return Math.clamp(n / CHUNK, 1, CHUNKS);
    }

    /** Where chunk {@code c} of {@code chunks} begins. */
    static int begin(int n, int chunks, int c) {
        return (int) ((long) n * c / chunks);
    }

    /** 32 bits whose unsigned order is that of numbers, NaN last. */
    private static long key(float number) {
        int bits = Float.floatToIntBits(number);
        return (bits ^ (bits >> 31 | Integer.MIN_VALUE)) & LOW;
    }

    /** The same with 64 bits. */
    private static long key(double number) {
        long bits = Double.doubleToLongBits(number);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    /** The upper half of what a depth is sorted by, in the upper half; −0 equals 0. */
    static long upperKey(Object depths, int j) {
        return depths instanceof float[] floats
                ? key(floats[j] + 0f) << Integer.SIZE
                : key(((double[]) depths)[j] + 0f) >>> Integer.SIZE << Integer.SIZE;
    }

    /** The lower half of that of a float64 depth, in the upper half. */
    static long lowerKey(double[] depths, int j) {
        return key(depths[j] + 0f) << Integer.SIZE;
    }

    /**
     * Sorts numbers by their depths.
     *
     * @param isSigned whether −0 comes before 0 rather than being equal
     * @param items numbers, ascending; overwritten
     * @param other as long, overwritten
     * @return the one of the two arrays that holds the numbers in the lower halves
     */
    static long[] sort(
            Execution execution,
            Object depths,
            boolean isSigned,
            long[] items,
            long[] other,
            int n) {
        // adding 0 turns −0 into 0; adding −0 leaves it
        float zero = isSigned ? -0f : 0f;
        long[] sorted = items;
        if (depths instanceof double[] doubles) {
            each(
                    execution,
                    n,
                    k -> items[k] |= key(doubles[(int) items[k]] + zero) << Integer.SIZE);
            long[] half = sort(execution, items, other, n);
            each(
                    execution,
                    n,
                    k ->
                            half[k] =
                                    key(doubles[(int) half[k]] + zero)
                                                    >>> Integer.SIZE
                                                    << Integer.SIZE
                                            | half[k] & LOW);
            sorted = half;
        } else {
            var floats = (float[]) depths;
            each(execution, n, k -> items[k] |= key(floats[(int) items[k]] + zero) << Integer.SIZE);
        }
        return sort(execution, sorted, sorted == items ? other : items, n);
    }

    private static void each(Execution execution, int n, IntConsumer body) {
        int chunks = chunks(n);
        execution.forEach(
                chunks,
                c -> {
                    int end = begin(n, chunks, c + 1);
                    for (int k = begin(n, chunks, c); k < end; k++) {
                        body.accept(k);
                    }
                });
    }

    /**
     * Sorts by the upper halves.
     *
     * @param items key · 2³² + number; overwritten
     * @param other as long, overwritten
     * @return the one of the two arrays that holds the result
     */
    private static long[] sort(Execution execution, long[] items, long[] other, int n) {
        int chunks = chunks(n);
        var counts = new int[chunks][DIGITS];
        long[] from = items;
        long[] to = other;
        for (int shift = Integer.SIZE; shift < Long.SIZE; shift += BITS) {
            int digit = shift;
            long[] source = from;
            execution.forEach(
                    chunks,
                    c -> {
                        Arrays.fill(counts[c], 0);
                        int end = begin(n, chunks, c + 1);
                        for (int k = begin(n, chunks, c); k < end; k++) {
                            counts[c][(int) (source[k] >>> digit) & DIGITS - 1]++;
                        }
                    });
            if (!isSpread(counts, n)) {
                continue;
            }
            starts(counts);
            long[] target = to;
            execution.forEach(
                    chunks,
                    c -> {
                        int[] next = counts[c];
                        int end = begin(n, chunks, c + 1);
                        for (int k = begin(n, chunks, c); k < end; k++) {
                            long item = source[k];
                            target[next[(int) (item >>> digit) & DIGITS - 1]++] = item;
                        }
                    });
            from = target;
            to = source;
        }
        return from;
    }

    /** Whether not all keys share the digit. */
    private static boolean isSpread(int[][] counts, int n) {
        for (int digit = 0; digit < DIGITS; digit++) {
            int all = 0;
            for (int[] chunk : counts) {
                all += chunk[digit];
            }
            if (all > 0) {
                return all < n;
            }
        }
        return false;
    }

    /**
     * Turns counts into places: bucket after bucket, in each the chunks in order.
     *
     * @return the number of all
     */
    static long starts(int[][] counts) {
        long next = 0;
        for (int bucket = 0; bucket < counts[0].length; bucket++) {
            for (int[] chunk : counts) {
                int count = chunk[bucket];
                chunk[bucket] = (int) next;
                next += count;
            }
        }
        return next;
    }
}
