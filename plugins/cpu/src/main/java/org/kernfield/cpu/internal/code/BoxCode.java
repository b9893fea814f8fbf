package org.kernfield.cpu.internal.code;

/** Compiled code that takes one source after the other over a box of queries laid out in rows. */
public interface BoxCode {
    /** Rows whose values are computed at one time. */
    int BATCH = 2 * VectorWidth.LANES;

    /**
     * @param in a plane for each component of each input that is not a raster coordinate
     * @param inOffset where query 0 lies in each
     * @param source a plane for each value that depends on the source alone
     * @param uniforms all components of all uniforms
     * @param out gathering: a plane for each output component, added to at the queries
     * @param outOffset where query 0 lies in each
     * @param stride queries in a row
     * @param from first source
     * @param to source to stop before
     * @param box for each source first column, end column, first row, end row
     * @param firstRow rows before it are left out
     * @param endRow rows from it on are left out
     * @param laneSums summing: a vector for each term of the first source, then of the second, and
     *     so on, added to
     * @param rowValues room for {@link #BATCH} numbers for each value of rows
     */
    void run(
            Object[] in,
            int[] inOffset,
            Object[] source,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int stride,
            int from,
            int to,
            int[] box,
            int firstRow,
            int endRow,
            Object laneSums,
            Object rowValues);
}
