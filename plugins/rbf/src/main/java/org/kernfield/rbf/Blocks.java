package org.kernfield.rbf;

/**
 * Squares of 512 pixels into which kernels are sorted, so that a centre is stored as a short offset
 * in its block; within a block by cells of 8 pixels, for the caches.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 */
record Blocks(int width, int height) {
    /** Side of a block in pixels. */
    static final int SIDE = 512;

    /** How far a centre may lie outside its block, in pixels: only at the picture's border. */
    static final int MARGIN = 8;

    private static final int CELL = 8;

    int across() {
        return Math.ceilDiv(width, SIDE);
    }

    int count() {
        return across() * Math.ceilDiv(height, SIDE);
    }

    /** The block of a place; places outside the picture belong to the nearest. */
    int of(float x, float y) {
        return row(y) * across() + column(x);
    }

    private int column(float x) {
        return (int) Math.clamp(x, 0, width - 1) / SIDE;
    }

    private int row(float y) {
        return (int) Math.clamp(y, 0, height - 1) / SIDE;
    }

    /** Left edge of a block in pixels. */
    int left(int block) {
        return block % across() * SIDE;
    }

    /** Top edge of a block in pixels. */
    int top(int block) {
        return block / across() * SIDE;
    }

    /** Sort key: block, then cell row, then cell column. */
    long key(float x, float y) {
        long cellX = (long) Math.clamp(x, 0, width - 1) / CELL;
        long cellY = (long) Math.clamp(y, 0, height - 1) / CELL;
        return ((long) of(x, y) << 32) | (cellY << 16) | cellX;
    }
}
