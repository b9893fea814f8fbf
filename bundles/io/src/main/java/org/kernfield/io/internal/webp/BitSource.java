package org.kernfield.io.internal.webp;

import org.kernfield.io.internal.Little;

/** Bits of a byte array from its beginning, the lowest of each byte first. */
final class BitSource {
    private final byte[] bytes;
    private final long end;
    private long at;

    /**
     * @param end after the last byte
     */
    BitSource(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = 8L * start;
        this.end = 8L * end;
    }

    /** The next bits, at most 32; those beyond the end are whatever follows, or 0. */
    int peek(int count) {
        int from = (int) (at >>> 3);
        long word;
        if (from + Long.BYTES <= bytes.length) {
            word = Little.i64(bytes, from);
        } else {
            word = 0;
            for (int k = 0; from + k < bytes.length; k++) {
                word |= (bytes[from + k] & 0xFFL) << 8 * k;
            }
        }
        return (int) (word >>> (at & 7) & (1L << count) - 1);
    }

    void skip(int count) {
        at += count;
        if (at > end) {
            throw new IllegalArgumentException("pixels that are cut off");
        }
    }

    int read(int count) {
        int bits = peek(count);
        skip(count);
        return bits;
    }

    boolean flag() {
        return read(1) == 1;
    }
}
