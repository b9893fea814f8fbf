package org.kernfield.io.internal.webp;

/**
 * Constants of VP8L.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-3">RFC 9649, section 3</a>
 */
final class Symbols {
    /** First byte of a picture. */
    static final int SIGNATURE = 0x2F;

    /** Codes of a group: green with lengths and cached colours, red, blue, alpha, distances. */
    static final int CODES = 5;

    /** Codes of lengths that follow the 256 of green. */
    static final int LENGTHS = 24;

    static final int DISTANCES = 40;

    /** Longest code, in bits. */
    static final int LONGEST_CODE = 15;

    /** In which order the lengths of the codes of lengths are written. */
    static final int[] LENGTH_ORDER = {
        17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    static final int PREDICT = 0;
    static final int CROSS_COLOUR = 1;
    static final int SUBTRACT_GREEN = 2;
    static final int PALETTE = 3;

    /** Steps to the right and down that the first distances mean, in pairs. */
    private static final byte[] NEAR = {
        0, 1, 1, 0, 1, 1, -1, 1, 0, 2, 2, 0, 1, 2, -1, 2, 2, 1, -2, 1, 2, 2, -2, 2, 0, 3, 3, 0, 1,
        3, -1, 3, 3, 1, -3, 1, 2, 3, -2, 3, 3, 2, -3, 2, 0, 4, 4, 0, 1, 4, -1, 4, 4, 1, -4, 1, 3, 3,
        -3, 3, 2, 4, -2, 4, 4, 2, -4, 2, 0, 5, 3, 4, -3, 4, 4, 3, -4, 3, 5, 0, 1, 5, -1, 5, 5, 1,
        -5, 1, 2, 5, -2, 5, 5, 2, -5, 2, 4, 4, -4, 4, 3, 5, -3, 5, 5, 3, -5, 3, 0, 6, 6, 0, 1, 6,
        -1, 6, 6, 1, -6, 1, 2, 6, -2, 6, 6, 2, -6, 2, 4, 5, -4, 5, 5, 4, -5, 4, 3, 6, -3, 6, 6, 3,
        -6, 3, 0, 7, 7, 0, 1, 7, -1, 7, 5, 5, -5, 5, 7, 1, -7, 1, 4, 6, -4, 6, 6, 4, -6, 4, 2, 7,
        -2, 7, 7, 2, -7, 2, 3, 7, -3, 7, 7, 3, -7, 3, 5, 6, -5, 6, 6, 5, -6, 5, 8, 0, 4, 7, -4, 7,
        7, 4, -7, 4, 8, 1, 8, 2, 6, 6, -6, 6, 8, 3, 5, 7, -5, 7, 7, 5, -7, 5, 8, 4, 6, 7, -6, 7, 7,
        6, -7, 6, 8, 5, 7, 7, -7, 7, 8, 6, 8, 7
    };

    /** Distances that mean a place nearby; the others count pixels from the next one on. */
    static final int NEAR_DISTANCES = NEAR.length / 2;

    private static final int HASH = 0x1E35A7BD;

    private Symbols() {}

    /** Pixels back that a distance means in rows of {@code width}. */
    static int distance(int code, int width) {
        if (code > NEAR_DISTANCES) {
            return code - NEAR_DISTANCES;
        }
        return Math.max(1, NEAR[2 * code - 2] + NEAR[2 * code - 1] * width);
    }

    /** The place of a colour among 2^bits cached ones. */
    static int cached(int argb, int bits) {
        return HASH * argb >>> Integer.SIZE - bits;
    }

    /** Blocks of 2^bits pixels along a side. */
    static int blocks(int side, int bits) {
        return side + (1 << bits) - 1 >>> bits;
    }
}
