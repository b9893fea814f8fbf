package org.kernfield.io.internal.zstd;

/**
 * The second half of a block: literals to copy, and matches to repeat.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.2">RFC 8878, section
 *     3.1.1.3.2</a>
 */
final class Sequences {
    private static final int LITERALS = 0;
    private static final int OFFSETS = 1;
    private static final int MATCHES = 2;

    private static final int[] SYMBOLS = {36, 32, 53};
    private static final int[] LARGEST_LOG = {9, 8, 9};
    private static final int[][] COUNTS = {
        Codes.LITERAL_COUNTS, Codes.OFFSET_COUNTS, Codes.MATCH_COUNTS
    };

    private final Fse[] tables = new Fse[3];
    private final int[] repeats = new int[3];
    private int at;

    void reset() {
        java.util.Arrays.fill(tables, null);
        repeats[0] = 1;
        repeats[1] = 4;
        repeats[2] = 8;
    }

    /**
     * Executes the sequences between {@code start} and {@code stop}.
     *
     * @param frame where in {@code out} the frame begins
     * @return the place after what was made
     */
    int execute(
            byte[] in,
            int start,
            int stop,
            byte[] literals,
            int size,
            byte[] out,
            int made,
            int frame) {
        at = start;
        int count = count(in, stop);
        int literal = 0;
        if (count > 0) {
            tables(in, stop);
            var bits = new BackwardBits(in, at, stop);
            int ll = tables[LITERALS].start(bits);
            int of = tables[OFFSETS].start(bits);
            int ml = tables[MATCHES].start(bits);
            for (int n = 0; n < count; n++) {
                int offsetCode = tables[OFFSETS].symbol(of);
                int value = (1 << offsetCode) + bits.read(offsetCode);
                int matchCode = tables[MATCHES].symbol(ml);
                int length = Codes.MATCH_BASE[matchCode] + bits.read(Codes.MATCH_BITS[matchCode]);
                int literalCode = tables[LITERALS].symbol(ll);
                int run =
                        Codes.LITERAL_BASE[literalCode]
                                + bits.read(Codes.LITERAL_BITS[literalCode]);
                if (n + 1 < count) {
                    ll = tables[LITERALS].next(ll, bits);
                    ml = tables[MATCHES].next(ml, bits);
                    of = tables[OFFSETS].next(of, bits);
                }
                int offset = offset(value, run);
                if (bits.left() < 0
                        || run > size - literal
                        || offset < 1
                        || offset > made + run - frame) {
                    throw new IllegalArgumentException("a repetition of what was never there");
                }
                System.arraycopy(literals, literal, out, made, run);
                literal += run;
                made += run;
                repeat(out, made, offset, length);
                made += length;
            }
            if (bits.left() != 0) {
                throw new IllegalArgumentException("sequences that do not add up");
            }
        } else if (at != stop) {
            throw new IllegalArgumentException("bytes after the sequences");
        }
        System.arraycopy(literals, literal, out, made, size - literal);
        return made + size - literal;
    }

    private static void repeat(byte[] out, int to, int offset, int length) {
        if (offset >= length) {
            System.arraycopy(out, to - offset, out, to, length);
        } else {
            for (int k = 0; k < length; k++) {
                out[to + k] = out[to + k - offset];
            }
        }
    }

    private int count(byte[] in, int stop) {
        int first = next(in, stop);
        if (first < 128) {
            return first;
        }
        return first < 255
                ? (first - 128 << 8) + next(in, stop)
                : 0x7F00 + next(in, stop) + (next(in, stop) << 8);
    }

    private int next(byte[] in, int stop) {
        if (at >= stop) {
            throw new IllegalArgumentException("sequences that are cut off");
        }
        return in[at++] & 0xFF;
    }

    private void tables(byte[] in, int stop) {
        int modes = next(in, stop);
        for (int kind = 0; kind < 3; kind++) {
            switch (modes >>> 6 - 2 * kind & 3) {
                case 0 -> tables[kind] = Fse.of(Codes.LOG[kind], COUNTS[kind]);
                case 1 -> {
                    int symbol = next(in, stop);
                    if (symbol >= SYMBOLS[kind]) {
                        throw new IllegalArgumentException("a sequence of an unknown kind");
                    }
                    tables[kind] = Fse.single(symbol);
                }
                case 2 -> {
                    var described = Fse.read(in, at, stop, LARGEST_LOG[kind], SYMBOLS[kind]);
                    tables[kind] = described.table();
                    at = described.end();
                }
                default -> {
                    if (tables[kind] == null) {
                        throw new IllegalArgumentException("sequences without a code");
                    }
                }
            }
        }
    }

    /** The distance that a value means, and the three last ones brought up to date. */
    private int offset(int value, int run) {
        if (value > 3) {
            shift(2);
            repeats[0] = value - 3;
            return repeats[0];
        }
        int which = value - 1 + (run == 0 ? 1 : 0);
        int offset = which < 3 ? repeats[which] : repeats[0] - 1;
        shift(Math.min(which, 2));
        repeats[0] = offset;
        return offset;
    }

    private void shift(int last) {
        for (int k = last; k > 0; k--) {
            repeats[k] = repeats[k - 1];
        }
    }
}
