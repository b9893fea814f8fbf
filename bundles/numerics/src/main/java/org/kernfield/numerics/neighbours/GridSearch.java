package org.kernfield.numerics.neighbours;

/**
 * Looks at the query's cell, then at the shells of cells around it, until no unseen point can be
 * wanted.
 */
final class GridSearch extends Search {
    /** Rounding of a cell's border, in sides of a cell; there are at most 2³¹ along an axis. */
    private static final double ROUNDING = 1e-5;

    private final UniformGrid grid;
    private final GridLayout layout;
    private final int dimension;
    private final int[] centre = new int[3];

    /** Squared distance of the query from the box of all points along each axis. */
    private final double[] outside = new double[3];

    GridSearch(UniformGrid grid) {
        this.grid = grid;
        layout = grid.layout;
        dimension = grid.dimension;
    }

    @Override
    void visit() {
        if (grid.count == 0) {
            return;
        }
        double all = 0;
        for (int axis = 0; axis < dimension; axis++) {
            double x = query[at + axis];
            centre[axis] = layout.cell(axis, x);
            double beyond = Math.max(0, Math.max(layout.box[0][axis] - x, x - layout.box[1][axis]));
            outside[axis] = beyond * beyond;
            all += outside[axis];
        }
        for (int radius = 0; ; radius++) {
            shell(radius);
            double unseen = unseen(radius, all);
            if (unseen == Double.POSITIVE_INFINITY || unseen * (1 - 1e-12) > limit) {
                return;
            }
        }
    }

    /** Least squared distance of a point farther than {@code radius} cells; ∞ if there is none. */
    private double unseen(int radius, double all) {
        double least = Double.POSITIVE_INFINITY;
        for (int axis = 0; axis < dimension; axis++) {
            double x = query[at + axis];
            double others = all - outside[axis];
            int after = centre[axis] + radius + 1;
            if (after < layout.cells[axis]) {
                double gap = layout.box[0][axis] + (after - ROUNDING) * layout.side - x;
                least = Math.min(least, others + square(Math.max(0, gap)));
            }
            int before = centre[axis] - radius;
            if (before > 0) {
                double gap = x - layout.box[0][axis] - (before + ROUNDING) * layout.side;
                least = Math.min(least, others + square(Math.max(0, gap)));
            }
        }
        return least;
    }

    /**
     * The cells that are {@code radius} cells away along the axis along which they are farthest.
     */
    private void shell(int radius) {
        int lowZ = Math.max(0, centre[2] - radius);
        int highZ = Math.min(layout.cells[2] - 1, centre[2] + radius);
        int lowY = Math.max(0, centre[1] - radius);
        int highY = Math.min(layout.cells[1] - 1, centre[1] + radius);
        for (int z = lowZ; z <= highZ; z++) {
            double gapZ = gap(2, z);
            for (int y = lowY; y <= highY; y++) {
                if ((gapZ + gap(1, y)) * (1 - 1e-12) > limit) {
                    continue;
                }
                int row = (z * layout.cells[1] + y) * layout.cells[0];
                boolean whole =
                        Math.abs(z - centre[2]) == radius || Math.abs(y - centre[1]) == radius;
                row(row, radius, whole);
            }
        }
    }

    private void row(int row, int radius, boolean whole) {
        int low = centre[0] - radius;
        int high = centre[0] + radius;
        int last = layout.cells[0] - 1;
        if (whole) {
            scan(row + Math.max(0, low), row + Math.min(last, high));
            return;
        }
        if (low >= 0) {
            scan(row + low, row + low);
        }
        if (high <= last) {
            scan(row + high, row + high);
        }
    }

    /** Least squared distance along an axis to the cells of a number along it. */
    private double gap(int axis, int cell) {
        if (axis >= dimension || cell == centre[axis]) {
            return 0;
        }
        double x = query[at + axis];
        double low = layout.box[0][axis];
        double gap =
                cell > centre[axis]
                        ? low + (cell - ROUNDING) * layout.side - x
                        : x - low - (cell + 1 + ROUNDING) * layout.side;
        return square(Math.max(0, gap));
    }

    private static double square(double x) {
        return x * x;
    }

    private void scan(int first, int last) {
        int from = grid.starts[first];
        int to = grid.starts[last + 1];
        switch (dimension) {
            case 1 -> scan1(from, to);
            case 2 -> scan2(from, to);
            default -> scan3(from, to);
        }
    }

    private void scan1(int from, int to) {
        float[] xs = grid.columns[0];
        double x = query[at];
        for (int k = from; k < to; k++) {
            double sum = square(x - xs[k]);
            if (sum <= limit) {
                found(sum, grid.order[k]);
            }
        }
    }

    private void scan2(int from, int to) {
        float[] xs = grid.columns[0];
        float[] ys = grid.columns[1];
        double x = query[at];
        double y = query[at + 1];
        for (int k = from; k < to; k++) {
            double sum = square(x - xs[k]) + square(y - ys[k]);
            if (sum <= limit) {
                found(sum, grid.order[k]);
            }
        }
    }

    private void scan3(int from, int to) {
        float[] xs = grid.columns[0];
        float[] ys = grid.columns[1];
        float[] zs = grid.columns[2];
        double x = query[at];
        double y = query[at + 1];
        double z = query[at + 2];
        for (int k = from; k < to; k++) {
            double sum = square(x - xs[k]) + square(y - ys[k]) + square(z - zs[k]);
            if (sum <= limit) {
                found(sum, grid.order[k]);
            }
        }
    }

    @Override
    int load(int rank, float[] row) {
        for (int c = 0; c < row.length; c++) {
            row[c] = grid.columns[c][rank];
        }
        return grid.order[rank];
    }

    @Override
    int place(float[] queries, int offset) {
        return layout.cell(queries, offset);
    }
}
