package org.kernfield.numerics;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

/**
 * Stable orders of numbers, by their digits: equal ones stay in the order in which they came. Time
 * is linear, memory 20 bytes a key, and the result is the same for any number of threads.
 *
 * <p>Each method returns the permutation of 0 to n − 1 for which {@code keys[order[0]]} is the
 * least; keys are not modified. The cancel token is polled every few milliseconds.
 */
public final class RadixSort {
    private static final int BITS = 11;
    private static final int DIGITS = 1 << BITS;

    /** Keys that one part of the work takes at most. */
    private static final int BLOCK = 1 << 20;

    /** Keys below which further threads cost more than they give. */
    private static final int SERIAL = 1 << 15;

    private final Workers workers;
    private final CancelToken cancel;

    /** The key, as 32 bits whose unsigned order is wanted, above the index of each item. */
    private long[] pairs;

    private long[] next;

    private RadixSort(int n, Workers workers, CancelToken cancel) {
        this.workers = n < SERIAL ? Workers.SERIAL : workers;
        this.cancel = cancel;
        pairs = new long[n];
        next = new long[n];
    }

    /** −∞ to −0, +0 to +∞, then NaN of whatever bits. */
    public static int[] order(float[] keys, Workers workers, CancelToken cancel) {
        var sort = new RadixSort(keys.length, workers, cancel);
        sort.fill((from, to, pairs) -> fill(keys, from, to, pairs));
        return sort.order();
    }

    /** Ascending, negative numbers first. */
    public static int[] order(int[] keys, Workers workers, CancelToken cancel) {
        var sort = new RadixSort(keys.length, workers, cancel);
        sort.fill((from, to, pairs) -> fill(keys, from, to, pairs));
        return sort.order();
    }

    /** −∞ to −0, +0 to +∞, then NaN of whatever bits. */
    public static int[] order(double[] keys, Workers workers, CancelToken cancel) {
        var sort = new RadixSort(keys.length, workers, cancel);
        sort.fill(
                (from, to, pairs) -> {
                    for (int k = from; k < to; k++) {
                        pairs[k] = ascending(keys[k]) << 32 | k;
                    }
                });
        int[] low = sort.order();
        sort.fill(
                (from, to, pairs) -> {
                    for (int k = from; k < to; k++) {
                        pairs[k] = ascending(keys[low[k]]) & 0xFFFFFFFF00000000L | low[k];
                    }
                });
        return sort.order();
    }

    /** Ascending as unsigned numbers, on the calling thread. */
    public static int[] orderUnsigned(long[] keys) {
        return orderUnsigned(keys, Workers.SERIAL, CancelToken.NONE);
    }

    /** Ascending as unsigned numbers. */
    public static int[] orderUnsigned(long[] keys, Workers workers, CancelToken cancel) {
        var sort = new RadixSort(keys.length, workers, cancel);
        sort.fill(
                (from, to, pairs) -> {
                    for (int k = from; k < to; k++) {
                        pairs[k] = keys[k] << 32 | k;
                    }
                });
        int[] low = sort.order();
        sort.fill(
                (from, to, pairs) -> {
                    for (int k = from; k < to; k++) {
                        pairs[k] = keys[low[k]] & 0xFFFFFFFF00000000L | low[k];
                    }
                });
        return sort.order();
    }

    private static void fill(float[] keys, int from, int to, long[] pairs) {
        for (int k = from; k < to; k++) {
            int bits = Float.floatToIntBits(keys[k]);
            pairs[k] = (long) (bits ^ (bits >> 31 | Integer.MIN_VALUE)) << 32 | k;
        }
    }

    private static void fill(int[] keys, int from, int to, long[] pairs) {
        for (int k = from; k < to; k++) {
            pairs[k] = (long) (keys[k] ^ Integer.MIN_VALUE) << 32 | k;
        }
    }

    /** Bits whose unsigned order is that of the numbers; all NaN are one. */
    private static long ascending(double key) {
        long bits = Double.doubleToLongBits(key);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    @FunctionalInterface
    private interface Filling {
        void fill(int from, int to, long[] pairs);
    }

    private void fill(Filling filling) {
        forEachBlock((block, from, to) -> filling.fill(from, to, pairs));
    }

    private int[] order() {
        long differing = differing();
        for (int shift = 32; shift < Long.SIZE; shift += BITS) {
            if ((differing >>> shift & DIGITS - 1) != 0) {
                pass(shift);
            }
        }
        var order = new int[pairs.length];
        forEachBlock(
                (block, from, to) -> {
                    for (int k = from; k < to; k++) {
                        order[k] = (int) pairs[k];
                    }
                });
        return order;
    }

    /** Bits in which not all keys agree. */
    private long differing() {
        var each = new long[blocks()];
        forEachBlock(
                (block, from, to) -> {
                    long bits = 0;
                    for (int k = from; k < to; k++) {
                        bits |= pairs[k] ^ pairs[0];
                    }
                    each[block] = bits;
                });
        long all = 0;
        for (long bits : each) {
            all |= bits;
        }
        return all;
    }

    private void pass(int shift) {
        var starts = new int[blocks()][DIGITS];
        forEachBlock((block, from, to) -> count(shift, from, to, starts[block]));
        int start = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            for (int[] of : starts) {
                int count = of[digit];
                of[digit] = start;
                start += count;
            }
        }
        forEachBlock((block, from, to) -> deal(shift, from, to, starts[block]));
        long[] swap = pairs;
        pairs = next;
        next = swap;
    }

    private void count(int shift, int from, int to, int[] counts) {
        long[] pairs = this.pairs;
        for (int k = from; k < to; k++) {
            counts[(int) (pairs[k] >>> shift) & DIGITS - 1]++;
        }
    }

    private void deal(int shift, int from, int to, int[] starts) {
        long[] pairs = this.pairs;
        long[] next = this.next;
        for (int k = from; k < to; k++) {
            long pair = pairs[k];
            next[starts[(int) (pair >>> shift) & DIGITS - 1]++] = pair;
        }
    }

    private int blocks() {
        return Math.max(workers.count(), Math.ceilDiv(pairs.length, BLOCK));
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(int block, int from, int to);
    }

    private void forEachBlock(BlockWork work) {
        int blocks = blocks();
        workers.forEach(
                blocks,
                block -> {
                    cancel.check();
                    work.run(block, bound(block, blocks), bound(block + 1, blocks));
                });
    }

    private int bound(int block, int blocks) {
        return (int) ((long) block * pairs.length / blocks);
    }

    /**
     * Rows in another order: row k of the result is row {@code order[k]} of {@code rows}.
     *
     * @param rows n × width, row-major; not modified
     */
    public static float[] gather(float[] rows, int width, int[] order) {
        var gathered = new float[Math.multiplyExact(order.length, width)];
        for (int k = 0; k < order.length; k++) {
            System.arraycopy(rows, order[k] * width, gathered, k * width, width);
        }
        return gathered;
    }
}
