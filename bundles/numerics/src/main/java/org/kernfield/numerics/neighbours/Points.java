package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

import java.util.Arrays;

/** Checks and bounds of rows of coordinates. */
final class Points {
    /** Numbers that one part of the work takes, about. */
    private static final int BLOCK = 1 << 18;

    private Points() {}

    /**
     * Number of rows.
     *
     * @throws IllegalArgumentException naming the first row that is not finite
     */
    static int check(
            String what, float[] rows, int dimension, Workers workers, CancelToken cancel) {
        if (dimension < 1 || dimension > Byte.MAX_VALUE || rows.length % dimension != 0) {
            throw new IllegalArgumentException(
                    "%s: %d numbers in %d dimensions; give rows of 1 to 127 coordinates"
                            .formatted(what, rows.length, dimension));
        }
        int blocks = Math.ceilDiv(rows.length, BLOCK);
        var firsts = new int[blocks];
        workers.forEach(
                blocks,
                block -> {
                    cancel.check();
                    int end = (int) Math.min(rows.length, (block + 1L) * BLOCK);
                    firsts[block] = firstNotFinite(rows, block * BLOCK, end);
                });
        int first = Arrays.stream(firsts).min().orElse(Integer.MAX_VALUE);
        if (first != Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s: coordinate %d of row %d is %s; give finite numbers"
                            .formatted(what, first % dimension, first / dimension, rows[first]));
        }
        return rows.length / dimension;
    }

    private static int firstNotFinite(float[] rows, int from, int to) {
        float sum = 0;
        for (int k = from; k < to; k++) {
            sum += rows[k] * 0;
        }
        if (sum == 0) {
            return Integer.MAX_VALUE;
        }
        int k = from;
        while (Float.isFinite(rows[k])) {
            k++;
        }
        return k;
    }

    /** Least coordinates, then greatest ones; of no rows +∞ and −∞. */
    static float[][] box(float[] rows, int dimension, Workers workers) {
        int count = rows.length / dimension;
        int each = Math.max(1, BLOCK / dimension);
        int blocks = Math.ceilDiv(count, each);
        var boxes = new float[blocks][2][];
        workers.forEach(
                blocks,
                block -> {
                    int end = (int) Math.min(count, (block + 1L) * each);
                    boxes[block] = box(rows, dimension, block * each, end);
                });
        float[][] box = box(rows, dimension, 0, 0);
        for (float[][] part : boxes) {
            for (int c = 0; c < dimension; c++) {
                box[0][c] = Math.min(box[0][c], part[0][c]);
                box[1][c] = Math.max(box[1][c], part[1][c]);
            }
        }
        return box;
    }

    private static float[][] box(float[] rows, int dimension, int from, int to) {
        var low = new float[dimension];
        var high = new float[dimension];
        for (int c = 0; c < dimension; c++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int k = from * dimension + c; k < to * dimension; k += dimension) {
                least = Math.min(least, rows[k]);
                most = Math.max(most, rows[k]);
            }
            low[c] = least;
            high[c] = most;
        }
        return new float[][] {low, high};
    }
}
