package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Precision;

/**
 * A tile of pixels and its planes in the nearest cache, in blocks a vector wide and some rows high.
 * A set of its blocks is a bit mask, row of blocks by row of blocks.
 */
public final class Tile {
    /** Columns of pixels. */
    public static final int WIDTH = 64;

    /** Rows of pixels. */
    public static final int HEIGHT = 16;

    /**
     * Elements from one plane to the next: not a multiple of the 4 KB that caches are sorted by.
     */
    public static final int PLANE = HEIGHT * WIDTH + 16;

    /** Rows of pixels in a block. */
    private static final int ROWS = 4;

    /** Columns of pixels in a block. */
    public final int lanes;

    /** Rows of pixels in a block; more where vectors are so short that a mask would not do. */
    public final int rows;

    /** Blocks in a row of blocks, a power of two. */
    public final int across;

    /** Rows of blocks. */
    private final int down;

    /** One block in each of rows of blocks {@code first} to {@code last}. */
    private final long[] column;

    private Tile(int lanes) {
        this.lanes = lanes;
        rows = Math.max(ROWS, HEIGHT / lanes);
        across = WIDTH / lanes;
        down = HEIGHT / rows;
        column = new long[down * down];
        for (int first = 0; first < down; first++) {
            for (int last = first; last < down; last++) {
                for (int y = first; y <= last; y++) {
                    column[first * down + last] |= 1L << y * across;
                }
            }
        }
    }

    /** Blocks for numbers of a precision. */
    public static Tile of(Precision precision) {
        return new Tile(VectorWidth.lanes(precision));
    }

    /** Pixels of a block. */
    public int pixels() {
        return lanes * rows;
    }

    /** The blocks that meet a box of pixels within the tile, which is not empty. */
    public long blocks(int firstColumn, int endColumn, int firstRow, int endRow) {
        int first = firstColumn / lanes;
        int many = (endColumn - 1) / lanes - first + 1;
        long row = -1L >>> Long.SIZE - many << first;
        return row * column[firstRow / rows * down + (endRow - 1) / rows];
    }

    /** Element of the first pixel of a block in each plane. */
    public int start(int block) {
        return block / across * rows * WIDTH + block % across * lanes;
    }
}
