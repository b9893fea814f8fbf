package org.kernfield.io.internal.zstd;

import org.kernfield.io.internal.Little;

import java.util.Arrays;

/**
 * Decompresses Zstandard frames into an array of known size. Frames with dictionaries are refused;
 * checksums are passed over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
public final class ZstdDecoder {
    /** First four bytes of a frame. */
    static final int MAGIC = 0xFD2FB528;

    /** Bytes that a block stands for at most. */
    static final int LARGEST_BLOCK = 1 << 17;

    private static final int SKIPPABLE = 0x184D2A50;

    private final byte[] in;
    private final int end;
    private final byte[] out;
    private final Sequences sequences = new Sequences();
    private final byte[] literals = new byte[LARGEST_BLOCK];
    private Huffman code;
    private int at;
    private int made;

    private ZstdDecoder(byte[] in, int start, int end, byte[] out) {
        this.in = in;
        this.at = start;
        this.end = end;
        this.out = out;
    }

    /**
     * What the bytes from {@code start} to {@code end} stand for.
     *
     * @param size how many bytes that is
     * @throws IllegalArgumentException if they are broken, or stand for another number of bytes
     */
    public static byte[] decode(byte[] in, int start, int end, int size) {
        var decoder = new ZstdDecoder(in, start, end, new byte[size]);
        try {
            while (decoder.at < end) {
                decoder.frame();
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("compressed data that are cut off", e);
        }
        if (decoder.made != size) {
            throw new IllegalArgumentException(
                    "compressed data of " + decoder.made + " bytes, not " + size);
        }
        return decoder.out;
    }

    private void frame() {
        int magic = Little.i32(in, need(4));
        if ((magic & ~15) == SKIPPABLE) {
            long length = Little.u32(in, need(4));
            need(Math.toIntExact(Math.min(length, Integer.MAX_VALUE)));
            return;
        }
        if (magic != MAGIC) {
            throw new IllegalArgumentException("no Zstandard frame where one should be");
        }
        int descriptor = in[need(1)];
        boolean isSingle = (descriptor & 32) != 0;
        if ((descriptor & 3) != 0) {
            throw new IllegalArgumentException("compressed with a dictionary");
        }
        if ((descriptor & 8) != 0) {
            throw new IllegalArgumentException("a newer kind of compression");
        }
        int sizeCode = descriptor >>> 6 & 3;
        need(isSingle ? 0 : 1);
        need(sizeCode == 0 ? isSingle ? 1 : 0 : 1 << sizeCode);
        code = null;
        sequences.reset();
        int first = made;
        while (block(first)) {}
        need((descriptor & 4) != 0 ? 4 : 0);
    }

    /** Passes over bytes and answers where they begin. */
    private int need(int count) {
        if (count > end - at) {
            throw new IllegalArgumentException("compressed data that are cut off");
        }
        at += count;
        return at - count;
    }

    private boolean block(int frame) {
        int h = need(3);
        int header = in[h] & 0xFF | (in[h + 1] & 0xFF) << 8 | (in[h + 2] & 0xFF) << 16;
        int size = header >>> 3;
        if (size > LARGEST_BLOCK) {
            throw new IllegalArgumentException("a block of " + size + " bytes");
        }
        switch (header >>> 1 & 3) {
            case 0 -> {
                System.arraycopy(in, need(size), out, made, size);
                made += size;
            }
            case 1 -> {
                Arrays.fill(out, made, made + size, in[need(1)]);
                made += size;
            }
            case 2 -> {
                int start = need(size);
                compressed(start, start + size, frame);
            }
            default -> throw new IllegalArgumentException("a block of an unknown kind");
        }
        return (header & 1) == 0;
    }

    private void compressed(int start, int stop, int frame) {
        if (start >= stop) {
            throw new IllegalArgumentException("an empty block");
        }
        int kind = in[start] & 3;
        int form = in[start] >>> 2 & 3;
        int size;
        int after;
        if (kind < 2) {
            int bytes = form == 1 ? 2 : form == 3 ? 3 : 1;
            size = field(start, bytes, stop) >>> (form % 2 == 0 ? 3 : 4);
            after = start + bytes;
            check(size, after + (kind == 0 ? size : 1), stop);
            if (kind == 0) {
                System.arraycopy(in, after, literals, 0, size);
                after += size;
            } else {
                Arrays.fill(literals, 0, size, in[after++]);
            }
        } else {
            int bits = form < 2 ? 10 : form == 2 ? 14 : 18;
            int bytes = form < 2 ? 3 : form + 2;
            long fields = longField(start, bytes, stop) >>> 4;
            size = (int) (fields & (1L << bits) - 1);
            int packed = (int) (fields >>> bits & (1L << bits) - 1);
            int data = start + bytes;
            after = data + packed;
            check(size, after, stop);
            literals(kind, form == 0 ? 1 : 4, data, after, size);
        }
        made = sequences.execute(in, after, stop, literals, size, out, made, frame);
    }

    private int field(int start, int bytes, int stop) {
        return (int) longField(start, bytes, stop);
    }

    private long longField(int start, int bytes, int stop) {
        if (start + bytes > stop) {
            throw new IllegalArgumentException("a block that is cut off");
        }
        long value = 0;
        for (int k = 0; k < bytes; k++) {
            value |= (in[start + k] & 0xFFL) << 8 * k;
        }
        return value;
    }

    private static void check(int size, int after, int stop) {
        if (size > LARGEST_BLOCK || after > stop) {
            throw new IllegalArgumentException("literals that do not fit their block");
        }
    }

    private void literals(int kind, int streams, int start, int stop, int size) {
        int data = start;
        if (kind == 2) {
            code = Huffman.read(in, start, stop);
            data = code.end();
        } else if (code == null) {
            throw new IllegalArgumentException("literals without a code");
        }
        if (streams == 1) {
            code.decode(in, data, stop, literals, 0, size);
            return;
        }
        if (data + 6 > stop) {
            throw new IllegalArgumentException("literals that are cut off");
        }
        int quarter = (size + 3) / 4;
        int from = data + 6;
        for (int k = 0; k < 4; k++) {
            int to = k == 3 ? stop : from + Little.u16(in, data + 2 * k);
            if (to > stop || quarter * 3 > size) {
                throw new IllegalArgumentException("literals that do not fit their block");
            }
            int last = k == 3 ? size : (k + 1) * quarter;
            code.decode(in, from, to, literals, k * quarter, last);
            from = to;
        }
    }
}
