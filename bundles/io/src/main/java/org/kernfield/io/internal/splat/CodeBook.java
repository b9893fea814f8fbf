package org.kernfield.io.internal.splat;

import java.util.Arrays;

/**
 * 256 values that stand for many. Up to so many different ones are kept as they are, with codes
 * that follow each other, which a picture's predictors need. Of more the squared errors are small:
 * Lloyd's iteration over a histogram, begun at equal shares of the cube root of the density (P. F.
 * Panter, W. Dite 1951).
 */
final class CodeBook {
    /** Values of a code book. */
    static final int SIZE = 256;

    private static final int BINS = 1 << 14;
    private static final int ITERATIONS = 20;

    /** Places of the table of different numbers. */
    private static final int TABLE = 4 * SIZE;

    private final float[] values = new float[SIZE];
    private final int[] codes = new int[BINS];
    private final double low;
    private final double step;

    /** Values that are kept as they are; 0 where the book stands for more. */
    private final int exact;

    /**
     * @param numbers finite; one at least
     */
    CodeBook(float[] numbers) {
        float[] few = few(numbers);
        exact = few.length;
        if (exact > 0) {
            low = few[0];
            step = 1;
            Arrays.fill(values, few[exact - 1]);
            System.arraycopy(few, 0, values, 0, exact);
            return;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float x : numbers) {
            least = Math.min(least, x);
            most = Math.max(most, x);
        }
        low = least;
        step = most > least ? (most - least) / (BINS - 1) : 1;
        var counts = new long[BINS];
        var sums = new double[BINS];
        for (float x : numbers) {
            int bin = bin(x);
            counts[bin]++;
            sums[bin] += x;
        }
        begin(counts);
        for (int n = 0; n < ITERATIONS; n++) {
            assign();
            move(counts, sums);
        }
        assign();
    }

    /** The different numbers, ascending; none if there are more than the book has. */
    private static float[] few(float[] numbers) {
        var table = new int[TABLE];
        var isTaken = new boolean[TABLE];
        var found = new float[SIZE];
        int count = 0;
        for (float x : numbers) {
            int bits = Float.floatToIntBits(x);
            int at = (bits * 0x9E3779B1 >>> 16) % TABLE;
            while (isTaken[at] && table[at] != bits) {
                at = (at + 1) % TABLE;
            }
            if (!isTaken[at]) {
                if (count == SIZE) {
                    return new float[0];
                }
                isTaken[at] = true;
                table[at] = bits;
                found[count++] = x;
            }
        }
        float[] few = Arrays.copyOf(found, count);
        Arrays.sort(few);
        return few;
    }

    private int bin(float x) {
        return (int) Math.clamp(Math.rint((x - low) / step), 0, BINS - 1);
    }

    private void begin(long[] counts) {
        double total = 0;
        for (long n : counts) {
            total += Math.cbrt(n);
        }
        double sum = 0;
        int next = 0;
        for (int bin = 0; bin < BINS && next < SIZE; bin++) {
            sum += Math.cbrt(counts[bin]);
            while (next < SIZE && sum >= total * (next + 0.5) / SIZE) {
                values[next++] = (float) (low + bin * step);
            }
        }
        while (next < SIZE) {
            values[next] = next == 0 ? (float) low : values[next - 1];
            next++;
        }
    }

    private void assign() {
        Arrays.sort(values);
        for (int bin = 0, k = 0; bin < BINS; bin++) {
            double x = low + bin * step;
            while (k + 1 < SIZE && Math.abs(values[k + 1] - x) <= Math.abs(values[k] - x)) {
                k++;
            }
            codes[bin] = k;
        }
    }

    private void move(long[] counts, double[] sums) {
        var mass = new long[SIZE];
        var sum = new double[SIZE];
        for (int bin = 0; bin < BINS; bin++) {
            mass[codes[bin]] += counts[bin];
            sum[codes[bin]] += sums[bin];
        }
        for (int k = 0; k < SIZE; k++) {
            if (mass[k] > 0) {
                values[k] = (float) (sum[k] / mass[k]);
            }
        }
    }

    /** The place of the value that stands for {@code x}. */
    int code(float x) {
        return exact > 0 ? Arrays.binarySearch(values, 0, exact, x) : codes[bin(x)];
    }

    /** 256 values, ascending. */
    float[] values() {
        return values.clone();
    }
}
