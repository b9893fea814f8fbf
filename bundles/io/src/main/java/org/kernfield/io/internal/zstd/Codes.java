package org.kernfield.io.internal.zstd;

/**
 * What the codes of lengths and distances mean, and how often they are expected.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.2.1.1">RFC 8878, sections
 *     3.1.1.3.2.1.1 and 3.1.1.3.2.2</a>
 */
final class Codes {
    /** Logarithms of the sizes of the expected tables: literals, distances, matches. */
    static final int[] LOG = {6, 5, 6};

    static final int[] LITERAL_COUNTS = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1,
        1, -1, -1, -1, -1
    };
    static final int[] MATCH_COUNTS = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    };
    static final int[] OFFSET_COUNTS = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    };

    static final int[] LITERAL_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10,
        11, 12, 13, 14, 15, 16
    };
    static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    static final int[] LITERAL_BASE = bases(0, LITERAL_BITS);
    static final int[] MATCH_BASE = bases(3, MATCH_BITS);

    private Codes() {}

    /** Each code begins where the one before ends. */
    private static int[] bases(int first, int[] bits) {
        var bases = new int[bits.length];
        bases[0] = first;
        for (int k = 1; k < bits.length; k++) {
            bases[k] = bases[k - 1] + (1 << bits[k - 1]);
        }
        return bases;
    }

    /** The code of a length: the last whose base is not above it. */
    static int of(int length, int[] bases) {
        int code = java.util.Arrays.binarySearch(bases, length);
        return code >= 0 ? code : -code - 2;
    }
}
