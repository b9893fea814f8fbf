package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.RadixSort;

/**
 * Points of one to three dimensions sorted into equal cells, four to a cell on average. Fast where
 * the points are spread evenly; where most of them crowd into few cells searches approach a look at
 * all points, and {@link KdTree} is the better choice ({@link NeighbourSearch#of} chooses).
 */
public final class UniformGrid implements NeighbourSearch {
    /** Points that one part of the work takes. */
    private static final int BLOCK = 1 << 16;

    final int dimension;
    final int count;
    final GridLayout layout;

    /** Where the points of each cell begin, and their number at the end. */
    final int[] starts;

    /** The caller's index of each point, cell after cell, ascending in each. */
    final int[] order;

    /** Each coordinate of the points, cell after cell. */
    final float[][] columns;

    private UniformGrid(float[] from, int dimension, Workers workers, CancelToken cancel) {
        this.dimension = dimension;
        count = Points.check("uniform grid", from, dimension, workers, cancel);
        GridLayout.check(dimension);
        layout = GridLayout.of(from, dimension, workers);
        var cells = new int[count];
        forEachBlock(
                workers,
                cancel,
                (low, high) -> {
                    for (int i = low; i < high; i++) {
                        cells[i] = layout.cell(from, i * dimension);
                    }
                });
        order = RadixSort.order(cells, workers, cancel);
        columns = new float[dimension][count];
        forEachBlock(
                workers,
                cancel,
                (low, high) -> {
                    for (int k = low; k < high; k++) {
                        for (int c = 0; c < dimension; c++) {
                            columns[c][k] = from[order[k] * dimension + c];
                        }
                    }
                });
        starts = new int[layout.number() + 1];
        for (int cell : cells) {
            starts[cell + 1]++;
        }
        for (int cell = 0; cell < starts.length - 1; cell++) {
            starts[cell + 1] += starts[cell];
        }
    }

    /**
     * Sorts points into cells, on all workers.
     *
     * @param points n × dimension, row-major, finite; copied
     * @param dimension coordinates of a point, 1 to 3
     * @throws IllegalArgumentException naming the first point that is not finite, or for more
     *     dimensions
     */
    public static UniformGrid of(
            float[] points, int dimension, Workers workers, CancelToken cancel) {
        return new UniformGrid(points, dimension, workers, cancel);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Search search() {
        return new GridSearch(this);
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(int low, int high);
    }

    private void forEachBlock(Workers workers, CancelToken cancel, BlockWork work) {
        workers.forEach(
                Math.ceilDiv(count, BLOCK),
                block -> {
                    cancel.check();
                    work.run(block * BLOCK, (int) Math.min(count, (block + 1L) * BLOCK));
                });
    }
}
