package org.kernfield.cpu.internal.code;

/**
 * A tile of pixels and its planes in the nearest cache. Rows are a vector longer than the tile is
 * wide, so that a vector may begin at any pixel.
 */
public final class Tile {
    /** Columns of pixels. */
    public static final int WIDTH = 64;

    /** Rows of pixels. */
    public static final int HEIGHT = 16;

    /** Elements from one row to the next. */
    public static final int STRIDE = WIDTH + VectorWidth.LANES;

    /** Elements from one plane to the next. */
    public static final int PLANE = HEIGHT * STRIDE;

    private Tile() {}
}
