package org.kernfield.io.internal.zstd;

import java.util.Arrays;

/**
 * The prefix code of literals.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.2">RFC 8878, section 4.2</a>
 */
final class Huffman {
    /** Longest code, in bits. */
    static final int LONGEST = 11;

    private static final int WEIGHTS_LOG = 6;

    private final int log;
    private final byte[] symbols;
    private final byte[] lengths;
    private final int end;

    private Huffman(int log, int end) {
        this.log = log;
        this.symbols = new byte[1 << log];
        this.lengths = new byte[1 << log];
        this.end = end;
    }

    /** The place after the description it was read from. */
    int end() {
        return end;
    }

    /**
     * Reads a description.
     *
     * @throws IllegalArgumentException if it is broken
     */
    static Huffman read(byte[] in, int start, int end) {
        if (start >= end) {
            throw new IllegalArgumentException("a code that is cut off");
        }
        int head = in[start] & 0xFF;
        var weights = new int[256];
        int count;
        int after;
        if (head >= 128) {
            count = head - 127;
            after = start + 1 + (count + 1) / 2;
            check(after, end);
            for (int k = 0; k < count; k++) {
                int pair = in[start + 1 + k / 2] & 0xFF;
                weights[k] = k % 2 == 0 ? pair >>> 4 : pair & 15;
            }
        } else {
            after = start + 1 + head;
            check(after, end);
            count = weights(in, start + 1, after, weights);
        }
        return of(weights, count, after);
    }

    private static void check(int after, int end) {
        if (after > end) {
            throw new IllegalArgumentException("a code that is cut off");
        }
    }

    private static int weights(byte[] in, int start, int end, int[] weights) {
        Fse.Described described = Fse.read(in, start, end, WEIGHTS_LOG, LONGEST + 2);
        Fse table = described.table();
        var bits = new BackwardBits(in, described.end(), end);
        int one = table.start(bits);
        int other = table.start(bits);
        int count = 0;
        while (true) {
            boolean isLast = bits.left() < table.width(one);
            if (count + (isLast ? 2 : 1) > 255) {
                throw new IllegalArgumentException("a code of too many symbols");
            }
            weights[count++] = table.symbol(one);
            if (isLast) {
                weights[count++] = table.symbol(other);
                return count;
            }
            int next = table.next(one, bits);
            one = other;
            other = next;
        }
    }

    /** The code of weights; that of symbol {@code count} is what fills it up. */
    private static Huffman of(int[] weights, int count, int end) {
        int sum = 0;
        for (int k = 0; k < count; k++) {
            if (weights[k] > LONGEST) {
                throw new IllegalArgumentException("a code of too many bits");
            }
            sum += weights[k] > 0 ? 1 << weights[k] - 1 : 0;
        }
        int log = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << log) - sum;
        if (sum == 0 || log > LONGEST || Integer.bitCount(rest) != 1) {
            throw new IllegalArgumentException("a code that does not add up");
        }
        weights[count] = 32 - Integer.numberOfLeadingZeros(rest);
        var code = new Huffman(log, end);
        int at = 0;
        for (int weight = 1; weight <= log; weight++) {
            for (int s = 0; s <= count; s++) {
                if (weights[s] == weight) {
                    int to = at + (1 << weight - 1);
                    Arrays.fill(code.symbols, at, to, (byte) s);
                    Arrays.fill(code.lengths, at, to, (byte) (log + 1 - weight));
                    at = to;
                }
            }
        }
        return code;
    }

    /**
     * Decodes a stream that must end exactly with the last literal.
     *
     * @throws IllegalArgumentException if it does not
     */
    void decode(byte[] in, int start, int stop, byte[] out, int from, int to) {
        var bits = new BackwardBits(in, start, stop);
        for (int k = from; k < to; k++) {
            int place = bits.peek(log);
            out[k] = symbols[place];
            bits.skip(lengths[place]);
        }
        if (bits.left() != 0) {
            throw new IllegalArgumentException("literals that do not add up");
        }
    }
}
