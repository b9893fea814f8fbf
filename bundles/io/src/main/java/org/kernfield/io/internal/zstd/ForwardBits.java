package org.kernfield.io.internal.zstd;

/** Bits of a stream from its beginning, the lowest of each byte first. */
final class ForwardBits {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private long at;

    ForwardBits(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    int read(int count) {
        int bits = peek(count);
        skip(count);
        return bits;
    }

    /**
     * @throws IllegalArgumentException beyond the end
     */
    void skip(int count) {
        at += count;
        if (at > 8L * (end - start)) {
            throw new IllegalArgumentException("a table that is cut off");
        }
    }

    /** The next bits, at most 24; those beyond the end are 0. */
    int peek(int count) {
        int from = start + (int) (at >>> 3);
        int word = 0;
        for (int k = 0; k < 4 && from + k < end; k++) {
            word |= (bytes[from + k] & 0xFF) << 8 * k;
        }
        return word >>> (at & 7) & (1 << count) - 1;
    }

    /** The place after the last byte of which a bit was taken. */
    int end() {
        return start + (int) (at + 7 >>> 3);
    }
}
