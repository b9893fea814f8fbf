package org.kernfield.io.internal.webp;

import java.util.Arrays;

/** A prefix code to be read: a table for short codes, a search by length for longer ones. */
final class PrefixCode {
    private static final int TABLE_BITS = 9;

    /** Bytes of what every code has, with room for the heads of five objects. */
    private static final int LEAST_BYTES = 128 + 2 * (Symbols.LONGEST_CODE + 2) * Integer.BYTES;

    private final int tableBits;
    private final int[] table;
    private final int[] symbols;
    private final int[] firstCode = new int[Symbols.LONGEST_CODE + 2];
    private final int[] firstSymbol = new int[Symbols.LONGEST_CODE + 2];

    /**
     * The canonical code of the given lengths; 0 where a symbol does not occur.
     *
     * @throws IllegalArgumentException if codes are missing, or too many
     */
    PrefixCode(int[] lengths) {
        var counts = new int[Symbols.LONGEST_CODE + 1];
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int longest = Symbols.LONGEST_CODE;
        while (longest > 0 && counts[longest] == 0) {
            longest--;
        }
        int used = Arrays.stream(counts).sum();
        symbols = new int[used];
        if (used <= 1) {
            tableBits = 0;
            table = new int[] {alone(lengths)};
            return;
        }
        long open = 1;
        for (int length = 1; length <= longest; length++) {
            open = 2 * open - counts[length];
        }
        if (open != 0) {
            throw new IllegalArgumentException("a prefix code that does not add up");
        }
        for (int length = 1, code = 0, place = 0; length <= Symbols.LONGEST_CODE + 1; length++) {
            firstCode[length] = code;
            firstSymbol[length] = place;
            if (length <= longest) {
                place += counts[length];
                code = code + counts[length] << 1;
            }
        }
        int[] next = firstSymbol.clone();
        tableBits = Math.min(TABLE_BITS, longest);
        table = new int[1 << tableBits];
        Arrays.fill(table, -1);
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                int place = next[length]++;
                symbols[place] = symbol;
                enter(symbol, length, firstCode[length] + place - firstSymbol[length]);
            }
        }
    }

    /** The only symbol, which takes no bits; symbol 0 where there is none. */
    private static int alone(int[] lengths) {
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                return symbol << 4;
            }
        }
        return 0;
    }

    private void enter(int symbol, int length, int code) {
        if (length <= tableBits) {
            int first = Integer.reverse(code) >>> Integer.SIZE - length;
            for (int place = first; place < table.length; place += 1 << length) {
                table[place] = symbol << 4 | length;
            }
        }
    }

    /** Bytes that it takes. */
    long bytes() {
        return LEAST_BYTES + (long) Integer.BYTES * (table.length + symbols.length);
    }

    int read(BitSource in) {
        int bits = in.peek(Symbols.LONGEST_CODE);
        int entry = table[bits & (1 << tableBits) - 1];
        if (entry >= 0) {
            in.skip(entry & 15);
            return entry >>> 4;
        }
        int reversed = Integer.reverse(bits);
        for (int length = tableBits + 1; length <= Symbols.LONGEST_CODE; length++) {
            int code = reversed >>> Integer.SIZE - length;
            int place = firstSymbol[length] + code - firstCode[length];
            if (code >= firstCode[length] && place < firstSymbol[length + 1]) {
                in.skip(length);
                return symbols[place];
            }
        }
        throw new IllegalArgumentException("a code that means nothing");
    }

    /** Reads the description of a code over {@code alphabet} symbols. */
    static PrefixCode describedBy(BitSource in, int alphabet) {
        var lengths = new int[Math.max(alphabet, 256)];
        if (in.flag()) {
            boolean isPair = in.flag();
            lengths[in.read(in.flag() ? 8 : 1)] = 1;
            if (isPair) {
                lengths[in.read(8)] = 1;
            }
        } else {
            readLengths(in, alphabet, lengths);
        }
        return new PrefixCode(lengths);
    }

    private static void readLengths(BitSource in, int alphabet, int[] lengths) {
        var own = new int[Symbols.LENGTH_ORDER.length];
        int count = 4 + in.read(4);
        if (count > own.length) {
            throw new IllegalArgumentException("a prefix code of too many lengths");
        }
        for (int k = 0; k < count; k++) {
            own[Symbols.LENGTH_ORDER[k]] = in.read(3);
        }
        var code = new PrefixCode(own);
        int tokens = in.flag() ? 2 + in.read(2 + 2 * in.read(3)) : alphabet;
        int before = 8;
        for (int symbol = 0; symbol < alphabet && tokens > 0; tokens--) {
            int length = code.read(in);
            if (length < 16) {
                lengths[symbol++] = length;
                before = length > 0 ? length : before;
            } else {
                int repeats =
                        switch (length) {
                            case 16 -> 3 + in.read(2);
                            case 17 -> 3 + in.read(3);
                            default -> 11 + in.read(7);
                        };
                if (repeats > alphabet - symbol) {
                    throw new IllegalArgumentException("a prefix code of too many symbols");
                }
                Arrays.fill(lengths, symbol, symbol + repeats, length == 16 ? before : 0);
                symbol += repeats;
            }
        }
    }
}
