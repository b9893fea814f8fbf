package org.kernfield.io.internal.zstd;

import org.kernfield.io.internal.Little;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Compresses bytes into one Zstandard frame: repetitions are found by one look into a table of
 * hashes, literals get a prefix code, distances and lengths the code that the format expects.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
public final class ZstdEncoder {
    private static final int SMALLEST_CODED = 64;

    private final byte[] in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Matches matches;

    private ZstdEncoder(byte[] in) {
        this.in = in;
        this.matches = new Matches(in);
    }

    /** The frame that stands for {@code bytes}. */
    public static byte[] encode(byte[] bytes) {
        var encoder = new ZstdEncoder(bytes);
        encoder.frame();
        return encoder.out.toByteArray();
    }

    private void frame() {
        var head = new byte[9];
        Little.i32(head, 0, ZstdDecoder.MAGIC);
        head[4] = (byte) (2 << 6 | 32);
        Little.i32(head, 5, in.length);
        out.writeBytes(head);
        int first = 0;
        do {
            int last = Math.min(in.length, first + ZstdDecoder.LARGEST_BLOCK);
            block(first, last);
            first = last;
        } while (first < in.length);
    }

    private void block(int from, int to) {
        int size = to - from;
        byte[] coded = size < SMALLEST_CODED ? null : coded(from, to);
        boolean isSmaller = coded != null && coded.length < size;
        int length = isSmaller ? coded.length : size;
        int header = (to == in.length ? 1 : 0) | (isSmaller ? 2 : 0) << 1 | length << 3;
        out.write(header);
        out.write(header >>> 8);
        out.write(header >>> 16);
        out.write(isSmaller ? coded : in, isSmaller ? 0 : from, length);
    }

    private byte[] coded(int from, int to) {
        matches.find(from, to);
        var block = new ByteArrayOutputStream();
        literals(matches.literals(), block);
        matches.writeTo(block);
        return block.toByteArray();
    }

    private static void literals(byte[] literals, ByteArrayOutputStream block) {
        byte[] coded = literals.length < SMALLEST_CODED ? null : prefixed(literals);
        if (coded == null) {
            // raw, with twenty bits for the length
            int header = 3 << 2 | literals.length << 4;
            block.write(header);
            block.write(header >>> 8);
            block.write(header >>> 16);
            block.writeBytes(literals);
        } else {
            block.writeBytes(coded);
        }
    }

    /** Literals in four streams after their code; null where that is no shorter. */
    private static byte[] prefixed(byte[] literals) {
        var counts = new int[256];
        for (byte b : literals) {
            counts[b & 0xFF]++;
        }
        if (Arrays.stream(counts).filter(c -> c > 0).count() < 2) {
            return null;
        }
        var code = new HuffmanEncoder(counts);
        byte[] description = code.description();
        if (description == null) {
            return null;
        }
        var body = new ByteArrayOutputStream();
        body.writeBytes(description);
        var streams = new byte[4][];
        int quarter = (literals.length + 3) / 4;
        for (int k = 0; k < 4; k++) {
            int end = k == 3 ? literals.length : (k + 1) * quarter;
            streams[k] = code.encode(literals, k * quarter, end);
        }
        var jumps = new byte[6];
        for (int k = 0; k < 3; k++) {
            Little.i16(jumps, 2 * k, streams[k].length);
        }
        body.writeBytes(jumps);
        for (byte[] stream : streams) {
            body.writeBytes(stream);
        }
        if (body.size() >= literals.length) {
            return null;
        }
        int form = literals.length < 1 << 10 ? 1 : literals.length < 1 << 14 ? 2 : 3;
        int bits = form == 1 ? 10 : form == 2 ? 14 : 18;
        long header = 2 | form << 2 | (long) literals.length << 4;
        header |= (long) body.size() << 4 + bits;
        var all = new ByteArrayOutputStream();
        for (int k = 0; k < form + 2; k++) {
            all.write((int) (header >>> 8 * k));
        }
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }
}
