package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;

import java.util.Arrays;

/**
 * Splits items at the median of a coordinate. An item is the lower half of a key; its upper half is
 * the coordinate last looked at, as an integer that orders as the numbers do.
 */
final class Median {
    /** Items whose extent is looked at to choose an axis. */
    private static final int SAMPLES = 256;

    private static final int SMALL = 24;

    final float[] rows;
    final long[] keys;
    private final int dimension;
    private final CancelToken cancel;

    Median(float[] rows, int dimension, long[] keys, CancelToken cancel) {
        this.cancel = cancel;
        this.rows = rows;
        this.dimension = dimension;
        this.keys = keys;
    }

    int item(int place) {
        return (int) keys[place];
    }

    float coordinate(int axis, int place) {
        return rows[item(place) * dimension + axis];
    }

    float greatest(int axis, int low, int high) {
        float greatest = coordinate(axis, low);
        for (int k = low + 1; k < high; k++) {
            float value = coordinate(axis, k);
            if (value > greatest) {
                greatest = value;
            }
        }
        return greatest;
    }

    /**
     * The axis along which the items extend farthest, judged by some of them where they are many;
     * {@link KdTree#COINCIDENT} if they all coincide.
     */
    int widest(int low, int high) {
        int axis = widest(low, high, Math.max(1, (high - low) / SAMPLES));
        return axis == KdTree.COINCIDENT ? widest(low, high, 1) : axis;
    }

    private int widest(int low, int high, int stride) {
        int widest = KdTree.COINCIDENT;
        double extent = 0;
        for (int axis = 0; axis < dimension; axis++) {
            float least = coordinate(axis, low);
            float most = least;
            for (int k = low + stride; k < high; k += stride) {
                float value = coordinate(axis, k);
                if (value < least) {
                    least = value;
                } else if (value > most) {
                    most = value;
                }
            }
            if ((double) most - least > extent) {
                extent = (double) most - least;
                widest = axis;
            }
        }
        return widest;
    }

    /** Moves the items so that those before {@code middle} are not above those from there on. */
    void halve(int axis, int low, int high, int middle) {
        for (int k = low; k < high; k++) {
            int item = (int) keys[k];
            // + 0 makes −0 and +0 one number
            int bits = Float.floatToRawIntBits(rows[item * dimension + axis] + 0f);
            keys[k] = (long) (bits ^ bits >> 31 & Integer.MAX_VALUE) << 32 | item;
        }
        select(low, high - 1, middle);
    }

    /** Hoare's selection; no two keys are equal, since no two items are. */
    private void select(int low, int high, int place) {
        long[] keys = this.keys;
        while (high - low > SMALL) {
            cancel.check();
            long pivot = pivot(low, high);
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long swap = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = swap;
                }
            }
            if (place <= j) {
                high = j;
            } else if (place >= i) {
                low = i;
            } else {
                return;
            }
        }
        Arrays.sort(keys, low, high + 1);
    }

    /**
     * The median of three medians of three keys, at places that no arrangement of the caller's data
     * was made for.
     */
    private long pivot(int low, int high) {
        long size = high - low + 1L;
        long mix = size * 0x9E3779B97F4A7C15L;
        var medians = new long[3];
        for (int m = 0; m < 3; m++) {
            long a = 0;
            long b = 0;
            long c = 0;
            for (int k = 0; k < 3; k++) {
                mix = (mix ^ mix >>> 29) * 0xBF58476D1CE4E5B9L;
                a = b;
                b = c;
                c = keys[low + (int) ((mix >>> 33) * size >>> 31)];
            }
            medians[m] = median(a, b, c);
        }
        return median(medians[0], medians[1], medians[2]);
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Brings items into the ascending order of {@code indices}. */
    void sort(int low, int high, int[] indices) {
        for (int k = low; k < high; k++) {
            int item = (int) keys[k];
            keys[k] = (long) indices[item] << 32 | item;
        }
        Arrays.sort(keys, low, high);
    }
}
