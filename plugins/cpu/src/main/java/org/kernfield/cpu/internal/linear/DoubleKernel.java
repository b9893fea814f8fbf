package org.kernfield.cpu.internal.linear;

/** The innermost loop of float64 products. */
interface DoubleKernel {
    /** Rows of a tile. */
    int rows();

    /** Columns of a tile. */
    int columns();

    /**
     * T ← T + L·R for one tile.
     *
     * @param depth columns of L and rows of R
     * @param left L by columns, {@code depth × rows()}, from {@code l} on
     * @param right R by rows, {@code depth × columns()}, from {@code r} on
     * @param tile T, row-major, {@code rows() × columns()}, from {@code at} on
     */
    void run(int depth, double[] left, int l, double[] right, int r, double[] tile, int at);

    /**
     * C ← C + α·T for a whole tile.
     *
     * @param c C, {@code stride} from row to row, from {@code at} on
     */
    void merge(double alpha, double[] tile, int from, double[] c, int at, int stride);

    /**
     * Solves a triangle of {@code rows()} for a tile.
     *
     * @param triangle lower, row-major, from {@code from} on: reciprocals on the diagonal, and
     *     below it the elements with their signs changed
     * @param tile right-hand sides from {@code at} on, overwritten by the solution
     */
    void substitute(double[] triangle, int from, double[] tile, int at);
}
