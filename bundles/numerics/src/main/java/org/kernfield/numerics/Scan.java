package org.kernfield.numerics;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

/**
 * Running sums. Sums of floating-point numbers are cut at fixed places, so they have the same bits
 * for any number of threads. The cancel token is polled every few milliseconds.
 */
public final class Scan {
    /** Numbers that one part of the work takes; rounding depends on it. */
    private static final int BLOCK = 1 << 16;

    private Scan() {}

    /**
     * Sums of what stands before each number, and the sum of all at the end: the offsets of lists
     * of these lengths.
     *
     * @param values not modified
     * @return n + 1 sums
     * @throws IllegalArgumentException if a sum is no int
     */
    public static int[] exclusive(int[] values, Workers workers, CancelToken cancel) {
        var sums = new int[values.length + 1];
        run(values, sums, 1, workers, cancel);
        return sums;
    }

    /**
     * Sums of the numbers up to each.
     *
     * @param values not modified
     * @return n sums
     * @throws IllegalArgumentException if a sum is no int
     */
    public static int[] inclusive(int[] values, Workers workers, CancelToken cancel) {
        var sums = new int[values.length];
        run(values, sums, 0, workers, cancel);
        return sums;
    }

    /**
     * Sums of what stands before each number, and the sum of all at the end.
     *
     * @param values not modified
     * @return n + 1 sums
     */
    public static double[] exclusive(double[] values, Workers workers, CancelToken cancel) {
        var sums = new double[values.length + 1];
        run(values, sums, 1, workers, cancel);
        return sums;
    }

    /**
     * Sums of the numbers up to each.
     *
     * @param values not modified
     * @return n sums
     */
    public static double[] inclusive(double[] values, Workers workers, CancelToken cancel) {
        var sums = new double[values.length];
        run(values, sums, 0, workers, cancel);
        return sums;
    }

    private static void run(
            int[] values, int[] sums, int shift, Workers workers, CancelToken cancel) {
        var starts = new long[blocks(values.length)];
        forEachBlock(
                values.length,
                workers,
                cancel,
                (block, from, to) -> {
                    long sum = 0;
                    for (int k = from; k < to; k++) {
                        sum += values[k];
                    }
                    starts[block] = sum;
                });
        long start = 0;
        for (int block = 0; block < starts.length; block++) {
            long sum = starts[block];
            starts[block] = start;
            start += sum;
        }
        forEachBlock(
                values.length,
                workers,
                cancel,
                (block, from, to) -> {
                    long sum = starts[block];
                    for (int k = from; k < to; k++) {
                        sum += values[k];
                        if (sum != (int) sum) {
                            throw new IllegalArgumentException(
                                    "scan: the sum of the first %d numbers is %d, beyond an int; split them"
                                            .formatted(k + 1, sum));
                        }
                        sums[k + shift] = (int) sum;
                    }
                });
    }

    private static void run(
            double[] values, double[] sums, int shift, Workers workers, CancelToken cancel) {
        var starts = new double[blocks(values.length)];
        forEachBlock(
                values.length,
                workers,
                cancel,
                (block, from, to) -> {
                    double sum = 0;
                    for (int k = from; k < to; k++) {
                        sum += values[k];
                        sums[k + shift] = sum;
                    }
                    starts[block] = sum;
                });
        double start = 0;
        for (int block = 0; block < starts.length; block++) {
            double sum = starts[block];
            starts[block] = start;
            start += sum;
        }
        forEachBlock(
                values.length,
                workers,
                cancel,
                (block, from, to) -> {
                    for (int k = from; k < to; k++) {
                        sums[k + shift] += starts[block];
                    }
                });
    }

    private static int blocks(int n) {
        return Math.ceilDiv(n, BLOCK);
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(int block, int from, int to);
    }

    private static void forEachBlock(int n, Workers workers, CancelToken cancel, BlockWork work) {
        workers.forEach(
                blocks(n),
                block -> {
                    cancel.check();
                    work.run(block, block * BLOCK, (int) Math.min(n, (block + 1L) * BLOCK));
                });
    }
}
