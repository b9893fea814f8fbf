package org.kernfield.io.internal.zstd;

import org.kernfield.io.internal.Little;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The repetitions of a block, and what lies between them. */
final class Matches {
    private static final int HASH_BITS = 15;
    private static final int SHORTEST = 5;
    private static final int LONGEST_DISTANCE = 1 << 22;

    /** What a byte takes at least, so that long runs of one are repetitions. */
    private static final double LEAST_BITS = 0.1;

    /** Bits that a sequence takes beside those of its distance, about. */
    private static final int OVERHEAD = 10;

    /** Values 1 to 3 of a distance mean earlier ones, which are not used. */
    private static final int NO_REPEAT = 3;

    private final byte[] in;
    private final int[] last = new int[1 << HASH_BITS];
    private int[] runs = new int[1 << 10];
    private int[] lengths = new int[1 << 10];
    private int[] distances = new int[1 << 10];
    private int count;
    private byte[] literals;

    Matches(byte[] in) {
        this.in = in;
        Arrays.fill(last, -1);
    }

    /** Looks through a block; earlier blocks must have been looked through before. */
    void find(int from, int to) {
        var between = new ByteArrayOutputStream();
        count = 0;
        double bits = entropy(from, to);
        int start = from;
        int at = from;
        while (at + 8 <= to) {
            int slot = hash(at);
            int candidate = last[slot];
            last[slot] = at;
            int length =
                    candidate < 0 || at - candidate > LONGEST_DISTANCE
                            ? 0
                            : common(candidate, at, to);
            if (length >= SHORTEST && length * bits > cost(at - candidate)) {
                add(at - start, length, at - candidate);
                between.write(in, start, at - start);
                at += length;
                start = at;
            } else {
                // the longer nothing repeats, the fewer places are looked at
                at += 1 + (at - start >>> 8);
            }
        }
        between.write(in, start, to - start);
        literals = between.toByteArray();
    }

    private static int cost(int distance) {
        return OVERHEAD + 32 - Integer.numberOfLeadingZeros(distance);
    }

    /** Bits that a byte of the range takes where it is not repeated: Σ p log₂ 1/p. */
    private double entropy(int from, int to) {
        var counts = new int[256];
        for (int k = from; k < to; k++) {
            counts[in[k] & 0xFF]++;
        }
        double bits = 0;
        for (int n : counts) {
            double p = (double) n / (to - from);
            bits -= n == 0 ? 0 : p * Math.log(p) / Math.log(2);
        }
        return Math.max(bits, LEAST_BITS);
    }

    private int hash(int at) {
        long five = Little.i64(in, at) << 24;
        return (int) (five * 0x9E3779B185EBCA87L >>> Long.SIZE - HASH_BITS);
    }

    private int common(int candidate, int at, int to) {
        int mismatch = Arrays.mismatch(in, candidate, candidate + to - at, in, at, to);
        return mismatch < 0 ? to - at : mismatch;
    }

    private void add(int run, int length, int distance) {
        if (count == runs.length) {
            runs = Arrays.copyOf(runs, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            distances = Arrays.copyOf(distances, 2 * count);
        }
        runs[count] = run;
        lengths[count] = length;
        distances[count++] = distance;
    }

    /** What is not repeated. */
    byte[] literals() {
        return literals;
    }

    /** Appends the sequences, in the codes that the format expects. */
    void writeTo(ByteArrayOutputStream block) {
        if (count < 128) {
            block.write(count);
        } else if (count < 0x7F00) {
            block.write(128 + (count >>> 8));
            block.write(count);
        } else {
            block.write(255);
            block.write(count - 0x7F00);
            block.write(count - 0x7F00 >>> 8);
        }
        if (count == 0) {
            return;
        }
        block.write(0);
        var ll = new FseEncoder(Codes.LOG[0], Codes.LITERAL_COUNTS);
        var of = new FseEncoder(Codes.LOG[1], Codes.OFFSET_COUNTS);
        var ml = new FseEncoder(Codes.LOG[2], Codes.MATCH_COUNTS);
        var out = new BitSink();
        int run = 0;
        int offset = 0;
        int match = 0;
        for (int k = count - 1; k >= 0; k--) {
            int literalCode = Codes.of(runs[k], Codes.LITERAL_BASE);
            int matchCode = Codes.of(lengths[k], Codes.MATCH_BASE);
            int value = distances[k] + NO_REPEAT;
            int offsetCode = 31 - Integer.numberOfLeadingZeros(value);
            if (k == count - 1) {
                run = ll.start(literalCode);
                offset = of.start(offsetCode);
                match = ml.start(matchCode);
            } else {
                offset = of.add(offsetCode, offset, out);
                match = ml.add(matchCode, match, out);
                run = ll.add(literalCode, run, out);
            }
            out.add(runs[k] - Codes.LITERAL_BASE[literalCode], Codes.LITERAL_BITS[literalCode]);
            out.add(lengths[k] - Codes.MATCH_BASE[matchCode], Codes.MATCH_BITS[matchCode]);
            out.add(value, offsetCode);
        }
        ml.finish(match, out);
        of.finish(offset, out);
        ll.finish(run, out);
        block.writeBytes(out.marked());
    }
}
