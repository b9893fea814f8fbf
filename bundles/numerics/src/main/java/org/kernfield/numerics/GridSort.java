package org.kernfield.numerics;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

/**
 * Places rows on a square grid so that neighbours are alike: parallel linear assignment sorting.
 * The grid is blurred, and within blocks of about the blur's reach four rows at a time go to those
 * of their four cells whose blurred content they fit best; the reach shrinks to that of neighbours.
 * The order does not depend on the number of threads.
 *
 * <p>Sources: K. U. Barthel, N. Hezel, K. Jung, K. Schall, Improved evaluation and generation of
 * grid layouts using distance preservation quality and linear assignment sorting, Computer Graphics
 * Forum 42, 2023; W. Morgenstern, F. Barthel, A. Hilsmann, P. Eisert, Compact 3D scene
 * representation via self-organizing Gaussian grids, ECCV 2024, section 3.1.
 */
public final class GridSort {
    private static final double SHRINKING = 0.95;
    private static final int PASSES = 2;
    private static final int MULTIPLE = 4;
    private static final int GROUP = 4;
    private static final int SMALLEST_BLOCK = 4;
    private static final long MULTIPLIER = 6364136223846793005L;
    private static final long INCREMENT = 1442695040888963407L;
    private static final int[][] PERMUTATIONS = permutations();

    private final int count;
    private final int dimension;
    private final int width;
    private final int height;
    private final int[] rows;
    private final float[] placed;
    private final float[] across;
    private final float[] blurred;
    private final Workers workers;
    private final CancelToken cancel;

    private GridSort(
            float[] features, int dimension, int[] start, Workers workers, CancelToken cancel) {
        this.count = start.length;
        this.dimension = dimension;
        this.width = width(count);
        this.height = Math.ceilDiv(count, width);
        this.rows = alongCurve(start, width);
        this.placed = RadixSort.gather(features, dimension, rows);
        this.across = new float[placed.length];
        this.blurred = new float[placed.length];
        this.workers = workers;
        this.cancel = cancel;
    }

    /** Columns of the grid of {@code count} cells: of a square, a multiple of four. */
    public static int width(int count) {
        return Math.ceilDiv((int) Math.ceil(Math.sqrt(count)), MULTIPLE) * MULTIPLE;
    }

    /**
     * An order of rows; the grid is filled with them row by row.
     *
     * @param features count × dimension, row-major, finite, weighed against each other; not
     *     modified
     * @param start an order of the rows in which neighbours are alike already, such as Morton's;
     *     not modified
     * @param workers rows and blocks of the grid
     * @param cancel polled meanwhile
     * @return the row that goes to each cell
     */
    public static int[] order(
            float[] features, int dimension, int[] start, Workers workers, CancelToken cancel) {
        if (features.length != (long) dimension * start.length) {
            throw new IllegalArgumentException(
                    "sorting on a grid: %d numbers for %d rows of %d; give all rows"
                            .formatted(features.length, start.length, dimension));
        }
        if (start.length == 0) {
            return new int[0];
        }
        var sort = new GridSort(features, dimension, start, workers, cancel);
        sort.run();
        return sort.rows;
    }

    /** The order along Morton's curve through the cells. */
    private static int[] alongCurve(int[] order, int width) {
        var codes = new long[order.length];
        for (int cell = 0; cell < codes.length; cell++) {
            codes[cell] = Morton.code(cell % width, cell / width);
        }
        int[] cells = RadixSort.orderUnsigned(codes);
        var rows = new int[order.length];
        for (int k = 0; k < rows.length; k++) {
            rows[cells[k]] = order[k];
        }
        return rows;
    }

    private void run() {
        int step = 0;
        for (double reach = Math.max(1, width / 2.0); reach >= 1; reach *= SHRINKING) {
            cancel.check();
            blur((int) reach);
            for (int pass = 0; pass < PASSES; pass++) {
                exchange((int) reach, step++);
            }
        }
    }

    /** Means over squares of side 2·reach + 1, of the cells that there are. */
    private void blur(int reach) {
        workers.forEach(
                height,
                y -> {
                    int cells = Math.min(width, count - y * width);
                    line(placed, across, y * width, 1, cells, reach);
                });
        workers.forEach(
                width,
                x -> {
                    int cells = Math.ceilDiv(count - x, width);
                    line(across, blurred, x, width, cells, reach);
                });
    }

    private void line(float[] from, float[] to, int first, int stride, int cells, int reach) {
        for (int c = 0; c < dimension; c++) {
            double sum = 0;
            int in = 0;
            int out = 0;
            for (int k = 0; k < cells; k++) {
                while (in < Math.min(cells, k + reach + 1)) {
                    sum += from[(first + stride * in++) * dimension + c];
                }
                while (out < k - reach) {
                    sum -= from[(first + stride * out++) * dimension + c];
                }
                to[(first + stride * k) * dimension + c] = (float) (sum / (in - out));
            }
        }
    }

    private void exchange(int reach, int step) {
        int side = Math.max(SMALLEST_BLOCK, 2 * reach);
        var random = new CounterRandom(0);
        int shiftX = (int) (random.uniform(step, 0, 0) * side);
        int shiftY = (int) (random.uniform(step, 0, 1) * side);
        int across = Math.ceilDiv(width + shiftX, side);
        int down = Math.ceilDiv(height + shiftY, side);
        // one permutation serves every block
        int[] shuffled = shuffled(side * side, random.bits(step, 1, 0));
        workers.forEach(
                across * down,
                block ->
                        new Block()
                                .exchange(
                                        block % across * side - shiftX,
                                        block / across * side - shiftY,
                                        side,
                                        shuffled));
    }

    /** Fisher and Yates' shuffle by the linear congruential generator of D. E. Knuth's MMIX. */
    private static int[] shuffled(int n, long seed) {
        var order = new int[n];
        long state = seed;
        for (int k = 0; k < n; k++) {
            state = state * MULTIPLIER + INCREMENT;
            int j = (int) ((state >>> 33) * (k + 1) >>> 31);
            order[k] = order[j];
            order[j] = k;
        }
        return order;
    }

    private static int[][] permutations() {
        var all = new int[24][];
        int found = 0;
        for (int code = 0; code < 1 << 8; code++) {
            int[] p = {code >> 6, code >> 4 & 3, code >> 2 & 3, code & 3};
            if ((1 << p[0] | 1 << p[1] | 1 << p[2] | 1 << p[3]) == 15) {
                all[found++] = p;
            }
        }
        return all;
    }

    /** The cells of one block, four by four. */
    private final class Block {
        private final int[] cells = new int[GROUP];
        private final float[] likeness = new float[GROUP * GROUP];
        private final int[] ownRows = new int[GROUP];
        private final float[] own = new float[GROUP * dimension];

        void exchange(int left, int top, int side, int[] shuffled) {
            int found = 0;
            for (int place : shuffled) {
                int x = left + place % side;
                int y = top + place / side;
                if (x >= 0 && x < width && y >= 0 && y * width + x < count) {
                    cells[found++] = y * width + x;
                    if (found == GROUP) {
                        found = 0;
                        assign();
                    }
                }
            }
        }

        /**
         * Σ |f − g|² is least where Σ f·g is most, for the squares are those of any permutation.
         */
        private void assign() {
            for (int i = 0; i < GROUP; i++) {
                for (int j = 0; j < GROUP; j++) {
                    likeness[GROUP * i + j] = product(cells[i], cells[j]);
                }
            }
            int[] best = PERMUTATIONS[0];
            float most = Float.NEGATIVE_INFINITY;
            for (int[] p : PERMUTATIONS) {
                float sum = 0;
                for (int j = 0; j < GROUP; j++) {
                    sum += likeness[GROUP * p[j] + j];
                }
                if (sum > most) {
                    most = sum;
                    best = p;
                }
            }
            // the first one leaves everything where it is
            if (best != PERMUTATIONS[0]) {
                move(best);
            }
        }

        private float product(int cell, int target) {
            float sum = 0;
            for (int c = 0; c < dimension; c++) {
                sum += placed[cell * dimension + c] * blurred[target * dimension + c];
            }
            return sum;
        }

        private void move(int[] permutation) {
            for (int i = 0; i < GROUP; i++) {
                ownRows[i] = rows[cells[i]];
                System.arraycopy(placed, cells[i] * dimension, own, i * dimension, dimension);
            }
            for (int j = 0; j < GROUP; j++) {
                int from = permutation[j];
                rows[cells[j]] = ownRows[from];
                System.arraycopy(own, from * dimension, placed, cells[j] * dimension, dimension);
            }
        }
    }
}
