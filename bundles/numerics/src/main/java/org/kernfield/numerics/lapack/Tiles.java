package org.kernfield.numerics.lapack;

import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * How matrices are cut, and who computes the parts. Where the cuts are follows from the shapes
 * alone, so that bits do not depend on the threads.
 */
record Tiles(Resources resources) {
    /** Longest sum that one call computes, so that it returns within a few milliseconds. */
    static final int DEPTH = 1024;

    /** Fewer multiplications than this are not worth waking another thread for. */
    private static final double WORTHWHILE = 200_000;

    /** Side of the tiles that a result of such size is cut into. */
    static int side(long rows, long columns) {
        double elements = (double) rows * columns;
        return elements > 3000.0 * 3000 ? 512 : elements > 700.0 * 700 ? 256 : 128;
    }

    /** Runs parts, each after a look at the cancel token. */
    void forEach(int parts, double multiplications, IntConsumer part) {
        Workers workers = multiplications < WORTHWHILE ? Workers.SERIAL : resources.workers();
        workers.forEach(
                parts,
                k -> {
                    resources.cancel().check();
                    part.accept(k);
                });
    }

    /** Does {@code work} with so much of the budget taken on each thread. */
    <T> T holding(long bytesOfThread, String call, Supplier<T> work) {
        long bytes = Math.multiplyExact(bytesOfThread, (long) resources.workers().count());
        resources.budget().take(bytes, call);
        try {
            return work.get();
        } finally {
            resources.budget().release(bytes);
        }
    }

    /** The tiles of a result, for its rows and columns from and to. */
    interface Action {
        void on(int row, int rows, int column, int columns);
    }

    /**
     * Cuts rows × columns into tiles.
     *
     * @param isLower whether tiles above the diagonal are left out
     */
    void cut(int rows, int columns, int side, boolean isLower, double depth, Action action) {
        int down = Math.ceilDiv(rows, side);
        int across = Math.ceilDiv(columns, side);
        forEach(
                down * across,
                depth * rows * columns,
                k -> {
                    int i = k / across;
                    int j = k % across;
                    if (!isLower || j <= i) {
                        action.on(
                                i * side,
                                Math.min(side, rows - i * side),
                                j * side,
                                Math.min(side, columns - j * side));
                    }
                });
    }
}
