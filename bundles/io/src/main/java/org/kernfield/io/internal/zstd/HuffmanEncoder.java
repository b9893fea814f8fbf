package org.kernfield.io.internal.zstd;

import org.kernfield.io.internal.PrefixLengths;

import java.util.Arrays;

/** A prefix code made for some bytes, at most {@link Huffman#LONGEST} bits long. */
final class HuffmanEncoder {
    private static final int WEIGHTS_LOG = 6;

    private final int[] lengths;
    private final int[] codes = new int[256];
    private final int log;

    /**
     * @param counts how often each of 256 bytes occurs; two of them at least
     */
    HuffmanEncoder(int[] counts) {
        lengths = PrefixLengths.of(counts, Huffman.LONGEST);
        log = Arrays.stream(lengths).max().getAsInt();
        int at = 0;
        for (int weight = 1; weight <= log; weight++) {
            for (int s = 0; s < 256; s++) {
                if (lengths[s] > 0 && log + 1 - lengths[s] == weight) {
                    codes[s] = at >>> weight - 1;
                    at += 1 << weight - 1;
                }
            }
        }
    }

    /** The description that {@link Huffman#read} takes; null where it would be too long. */
    byte[] description() {
        int last = 255;
        while (lengths[last] == 0) {
            last--;
        }
        var weights = new int[last];
        for (int s = 0; s < last; s++) {
            weights[s] = lengths[s] == 0 ? 0 : log + 1 - lengths[s];
        }
        byte[] packed = last > 2 ? packed(weights) : null;
        if (packed != null && packed.length < 128 && (last > 128 || packed.length < last / 2)) {
            var described = new byte[packed.length + 1];
            described[0] = (byte) packed.length;
            System.arraycopy(packed, 0, described, 1, packed.length);
            return described;
        }
        if (last > 128) {
            return null;
        }
        var described = new byte[1 + (last + 1) / 2];
        described[0] = (byte) (127 + last);
        for (int s = 0; s < last; s++) {
            described[1 + s / 2] |= (byte) (s % 2 == 0 ? weights[s] << 4 : weights[s]);
        }
        return described;
    }

    /** Weights by entropy, two states taking turns; null where one weight is all there is. */
    private static byte[] packed(int[] weights) {
        var counts = new int[Huffman.LONGEST + 2];
        for (int weight : weights) {
            counts[weight]++;
        }
        if (Arrays.stream(counts).filter(c -> c > 0).count() < 2) {
            return null;
        }
        int[] scaled = FseEncoder.normalised(WEIGHTS_LOG, counts);
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > 0 && scaled[s] < 1) {
                return null;
            }
        }
        var head = new BitSink();
        FseEncoder.describe(WEIGHTS_LOG, scaled, head);
        byte[] table = head.padded();
        var encoder = new FseEncoder(WEIGHTS_LOG, scaled);
        var out = new BitSink();
        var states = new int[2];
        for (int k = weights.length - 1; k >= 0; k--) {
            states[k & 1] =
                    k >= weights.length - 2
                            ? encoder.start(weights[k])
                            : encoder.add(weights[k], states[k & 1], out);
        }
        encoder.finish(states[1], out);
        encoder.finish(states[0], out);
        byte[] body = out.marked();
        byte[] all = Arrays.copyOf(table, table.length + body.length);
        System.arraycopy(body, 0, all, table.length, body.length);
        return all;
    }

    /** The bytes of a range, coded last first. */
    byte[] encode(byte[] in, int from, int to) {
        var out = new BitSink();
        for (int k = to - 1; k >= from; k--) {
            int symbol = in[k] & 0xFF;
            out.add(codes[symbol], lengths[symbol]);
        }
        return out.marked();
    }
}
