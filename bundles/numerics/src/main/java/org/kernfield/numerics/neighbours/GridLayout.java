package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

/**
 * Cubic cells over the box of points in one to three dimensions, numbered along the first axis
 * first.
 */
final class GridLayout {
    /** Points for each cell if they were spread evenly. */
    private static final double POINTS = 4;

    /** Companions in its cell that a point may have on average before a grid is slow. */
    private static final double CROWDED = 8 * POINTS;

    private static final int MOST_AXES = 3;

    /** Points between two looks at the cancel token. */
    private static final int POLLED = 1 << 18;

    final float[][] box;

    /** Cells along each of three axes; 1 along those that the points do not have. */
    final int[] cells = {1, 1, 1};

    /** Side of a cell. */
    final double side;

    private final double scale;

    private GridLayout(float[][] box, double side) {
        this.box = box;
        this.side = side;
        scale = 1 / side;
        for (int axis = 0; axis < box[0].length; axis++) {
            cells[axis] = (int) Math.floor(extent(box, axis) * scale) + 1;
        }
    }

    /** As many cells as a quarter of the points, where their box is that large. */
    static GridLayout of(float[] points, int dimension, Workers workers) {
        float[][] box = Points.box(points, dimension, workers);
        double most = Math.max(1, points.length / dimension / POINTS);
        double longest = 0;
        for (int axis = 0; axis < dimension; axis++) {
            longest = Math.max(longest, extent(box, axis));
        }
        if (!(longest > 0)) {
            return new GridLayout(box, 1);
        }
        // the least side, to within a hundredth, for which there are not too many cells
        double low = longest / most / 2;
        double high = 2 * longest;
        while (high > 1.01 * low) {
            double side = Math.sqrt(low * high);
            if (number(box, side) > most) {
                low = side;
            } else {
                high = side;
            }
        }
        return new GridLayout(box, high);
    }

    private static double number(float[][] box, double side) {
        double number = 1;
        for (int axis = 0; axis < box[0].length; axis++) {
            number *= Math.floor(extent(box, axis) / side) + 1;
        }
        return number;
    }

    private static double extent(float[][] box, int axis) {
        return box[0].length == 0 ? 0 : Math.max(0, (double) box[1][axis] - box[0][axis]);
    }

    /**
     * Whether points share their cells with few others.
     *
     * @throws IllegalArgumentException naming the first point that is not finite
     */
    static boolean suits(float[] points, int dimension, Workers workers, CancelToken cancel) {
        int count = points.length / Math.max(1, dimension);
        if (dimension < 1 || dimension > MOST_AXES || count == 0) {
            return false;
        }
        Points.check("points", points, dimension, workers, cancel);
        var layout = of(points, dimension, workers);
        var counts = new int[layout.number()];
        double companions = 0;
        for (int i = 0; i < count; i++) {
            if (i % POLLED == 0) {
                cancel.check();
            }
            companions += counts[layout.cell(points, i * dimension)]++;
        }
        return 2 * companions <= CROWDED * count;
    }

    static void check(int dimension) {
        if (dimension > MOST_AXES) {
            throw new IllegalArgumentException(
                    "uniform grid: %d dimensions; use 1 to 3, or a k-d tree".formatted(dimension));
        }
    }

    int number() {
        return cells[0] * cells[1] * cells[2];
    }

    /** Cell of a coordinate; those outside the box belong to the cell at the border. */
    int cell(int axis, double coordinate) {
        double place = (coordinate - box[0][axis]) * scale;
        return (int) Math.max(0, Math.min(cells[axis] - 1, place));
    }

    /** Number of the cell of the point whose coordinates begin at {@code offset}. */
    int cell(float[] rows, int offset) {
        int number = 0;
        for (int axis = box[0].length - 1; axis >= 0; axis--) {
            number = number * cells[axis] + cell(axis, rows[offset + axis]);
        }
        return number;
    }
}
