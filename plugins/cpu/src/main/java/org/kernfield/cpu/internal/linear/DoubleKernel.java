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

    /**
     * Turns a row with the next one, that with the one after it, and so on: x, y ← c·x − s·y, s·x +
     * c·y, in {@code columns()} columns.
     *
     * @param begin first rotation
     * @param end past the last rotation
     * @param rows the first row from {@code at} on, {@code step} from each to the next
     */
    void rotate(
            double[] cosines, double[] sines, int begin, int end, double[] rows, int at, int step);

    /**
     * Copies strips that lie side by side in each of some rows.
     *
     * @param from row {@code k} of strip {@code s} begins at {@code at + k·step + s·strip}
     * @param count rows
     * @param strip {@code rows()} or {@code columns()}
     * @param into row {@code k} of strip {@code s} begins at {@code to + (s·count + k)·strip}
     */
    default void pack(
            double[] from,
            int at,
            int step,
            int count,
            int strip,
            int strips,
            double[] into,
            int to) {
        for (int k = 0; k < count; k++) {
            for (int s = 0; s < strips; s++) {
                int source = at + k * step + s * strip;
                int target = to + (s * count + k) * strip;
                for (int p = 0; p < strip; p++) {
                    into[target + p] = from[source + p];
                }
            }
        }
    }
}
