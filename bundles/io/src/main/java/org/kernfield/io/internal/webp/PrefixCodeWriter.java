package org.kernfield.io.internal.webp;

import org.kernfield.io.internal.PrefixLengths;

import java.util.Arrays;

/** A prefix code to be written. */
final class PrefixCodeWriter {
    private static final int LONGEST_OWN = 7;

    private final int[] lengths;
    private final int[] codes;
    private final int used;

    /**
     * @param lengths of the codes; 0 for symbols that do not occur
     */
    PrefixCodeWriter(int[] lengths) {
        this.lengths = lengths;
        this.codes = new int[lengths.length];
        this.used = (int) Arrays.stream(lengths).filter(length -> length > 0).count();
        int code = 0;
        for (int length = 1; length <= Symbols.LONGEST_CODE; length++) {
            for (int s = 0; s < lengths.length; s++) {
                if (lengths[s] == length) {
                    codes[s] = Integer.reverse(code++) >>> Integer.SIZE - length;
                }
            }
            code <<= 1;
        }
    }

    /** Writes a symbol; the only one of a code takes no bits. */
    void write(int symbol, BitWriter out) {
        if (used > 1) {
            out.add(codes[symbol], lengths[symbol]);
        }
    }

    /** Writes what a reader needs to know. */
    void describe(BitWriter out) {
        int first = 0;
        while (used > 0 && lengths[first] == 0) {
            first++;
        }
        if (used <= 1 && first < 256) {
            out.add(1, 1);
            out.add(0, 1);
            out.add(1, 1);
            out.add(first, 8);
            return;
        }
        out.add(0, 1);
        int[] tokens = tokens();
        var counts = new int[Symbols.LENGTH_ORDER.length];
        for (int token : tokens) {
            counts[token & 31]++;
        }
        var own = new PrefixCodeWriter(PrefixLengths.of(counts, LONGEST_OWN));
        int last = Symbols.LENGTH_ORDER.length;
        while (last > 4 && own.lengths[Symbols.LENGTH_ORDER[last - 1]] == 0) {
            last--;
        }
        out.add(last - 4, 4);
        for (int k = 0; k < last; k++) {
            out.add(own.lengths[Symbols.LENGTH_ORDER[k]], 3);
        }
        out.add(0, 1);
        for (int token : tokens) {
            own.write(token & 31, out);
            out.add(token >>> 5, extraBits(token & 31));
        }
    }

    private static int extraBits(int token) {
        return token < 16 ? 0 : token == 16 ? 2 : token == 17 ? 3 : 7;
    }

    /** Lengths, and runs of them: the kind in the lowest five bits, the rest above. */
    private int[] tokens() {
        var tokens = new int[lengths.length];
        int count = 0;
        int before = 8;
        for (int s = 0; s < lengths.length; ) {
            int end = s + 1;
            while (end < lengths.length && lengths[end] == lengths[s]) {
                end++;
            }
            int run = end - s;
            if (lengths[s] == 0 && run >= 3) {
                run = Math.min(run, 138);
                tokens[count++] = run < 11 ? 17 | run - 3 << 5 : 18 | run - 11 << 5;
            } else if (lengths[s] == before && run >= 3) {
                run = Math.min(run, 6);
                tokens[count++] = 16 | run - 3 << 5;
            } else {
                run = 1;
                tokens[count++] = lengths[s];
                before = lengths[s] > 0 ? lengths[s] : before;
            }
            s += run;
        }
        return Arrays.copyOf(tokens, count);
    }
}
