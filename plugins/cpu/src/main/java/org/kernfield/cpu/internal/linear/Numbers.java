package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.ElementType;

import java.lang.foreign.MemorySegment;

/**
 * What depends on the element type.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
interface Numbers<A> {
    /** Rows of a tile. */
    int tileRows();

    /** Columns of a tile. */
    int tileColumns();

    /** Zeros. */
    A allocate(int length);

    /** The array that a segment lies in, or null if it lies elsewhere. */
    A arrayOf(MemorySegment segment);

    void load(MemorySegment from, A into, int length);

    void store(A from, MemorySegment into, int length);

    ElementType type();

    double get(A array, int at);

    void set(A array, int at, double value);

    /** T ← T + L·R for one tile; see {@link DoubleKernel#run}. */
    void tile(int depth, A left, int l, A right, int r, A tile, int at);

    /**
     * Copies strips of {@code height} rows of {@code from}, each strip column by column, the last
     * one filled up with zeros.
     *
     * @param first first row; a multiple of {@code height}
     * @param last past the last row
     * @param into strip {@code s} begins at {@code at + height · s · columns}
     */
    void pack(View<A> from, int height, int first, int last, A into, int at);

    /** Makes a row-major square symmetric: the upper triangle is a copy of the lower one. */
    void mirror(View<A> a);

    /**
     * The lower triangle of some rows of C ← β·C + α·VᵀV; what is in C does not count if β is 0.
     *
     * @param v row-major
     * @param c row-major
     * @param last past the last row
     */
    void addThin(double alpha, View<A> v, double beta, View<A> c, int first, int last);

    /** Zeros above the diagonal of a row-major square. */
    void clearUpper(View<A> a);

    /** Copies every element to a row-major matrix of the same shape elsewhere. */
    void copy(View<A> from, View<A> to);

    /** Fills with zeros. */
    void clear(A array, int length);

    /** Copies a strip back; the rows of {@code into} are at most {@code height}. */
    void unpack(A strip, int height, View<A> into);

    /**
     * B ← β·B for all elements; zeros, whatever was there, if β is 0.
     *
     * @param last past the last row
     */
    void scale(double beta, View<A> b, int first, int last);

    /**
     * C ← C + α·T for the elements (i, j) of C with j ≤ i + reach.
     *
     * @param tile {@code tileColumns()} a row, from {@code from} on
     * @param c at most as large as a tile, neighbours in a row next to each other
     */
    void merge(double alpha, A tile, int from, View<A> c, int reach);

    /** Solves a small triangle for a tile; see {@link DoubleKernel#substitute}. */
    void substitute(A triangle, int from, A x, int at);

    /**
     * Factors a small symmetric matrix, of which the lower triangle counts, into L·Lᵀ in place.
     *
     * @return 0, or k > 0 when the leading minor of order k is not positive
     */
    int factor(View<A> a);
}
