package org.kernfield.io.internal.zstd;

/**
 * Finite state entropy: what a state stands for, and how many bits lead to the next one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.1">RFC 8878, section 4.1</a>
 */
final class Fse {
    private final int log;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] base;

    private Fse(int log) {
        this.log = log;
        this.symbols = new byte[1 << log];
        this.bits = new byte[1 << log];
        this.base = new short[1 << log];
    }

    /**
     * The table of normalised counts.
     *
     * @param counts one a symbol, −1 for less than 1, together 2^log
     */
    static Fse of(int log, int[] counts) {
        var table = new Fse(log);
        spread(log, counts, table.symbols);
        int[] next = counts.clone();
        for (int state = 0; state < table.symbols.length; state++) {
            int symbol = table.symbols[state] & 0xFF;
            int count = next[symbol] == -1 ? 1 : next[symbol];
            next[symbol] = count + 1;
            int width = log - (31 - Integer.numberOfLeadingZeros(count));
            table.bits[state] = (byte) width;
            table.base[state] = (short) ((count << width) - (1 << log));
        }
        return table;
    }

    /** Puts each symbol on as many states as it counts. */
    static void spread(int log, int[] counts, byte[] symbols) {
        int size = 1 << log;
        int high = size - 1;
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] == -1) {
                symbols[high--] = (byte) s;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int at = 0;
        for (int s = 0; s < counts.length; s++) {
            for (int n = 0; n < counts[s]; n++) {
                symbols[at] = (byte) s;
                do {
                    at = at + step & size - 1;
                } while (at > high);
            }
        }
        if (at != 0) {
            throw new IllegalArgumentException("an entropy table that does not add up");
        }
    }

    /** The table whose only symbol is {@code symbol}. */
    static Fse single(int symbol) {
        var table = new Fse(0);
        table.symbols[0] = (byte) symbol;
        return table;
    }

    int start(BackwardBits in) {
        return in.read(log);
    }

    int symbol(int state) {
        return symbols[state] & 0xFF;
    }

    int width(int state) {
        return bits[state];
    }

    int next(int state, BackwardBits in) {
        return (base[state] & 0xFFFF) + in.read(bits[state]);
    }

    /**
     * A table as a header describes it.
     *
     * @param table the table
     * @param end after its description
     */
    record Described(Fse table, int end) {}

    /**
     * Reads a description.
     *
     * @throws IllegalArgumentException if it is broken
     */
    static Described read(byte[] in, int start, int end, int largestLog, int symbols) {
        var bits = new ForwardBits(in, start, end);
        int log = bits.read(4) + 5;
        if (log > largestLog) {
            throw new IllegalArgumentException("an entropy table of 2^" + log + " states");
        }
        var counts = new int[symbols];
        int rest = (1 << log) + 1;
        for (int s = 0; rest > 1; ) {
            if (s >= symbols) {
                throw new IllegalArgumentException("an entropy table of too many symbols");
            }
            int width = 32 - Integer.numberOfLeadingZeros(rest);
            int low = (1 << width) - 1 - rest;
            int value = bits.peek(width - 1);
            if (value < low) {
                bits.skip(width - 1);
            } else {
                value = bits.read(width);
                value -= value >= 1 << width - 1 ? low : 0;
            }
            int count = value - 1;
            counts[s++] = count;
            rest -= Math.abs(count);
            if (count == 0) {
                int zeros;
                do {
                    zeros = bits.read(2);
                    s += zeros;
                } while (zeros == 3);
            }
        }
        if (rest < 1) {
            throw new IllegalArgumentException("an entropy table that does not add up");
        }
        return new Described(of(log, counts), bits.end());
    }
}
