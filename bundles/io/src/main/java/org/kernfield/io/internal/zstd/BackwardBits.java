package org.kernfield.io.internal.zstd;

import org.kernfield.io.internal.Little;

/** Bits of a stream that is read from its end; a set bit in the last byte marks where it starts. */
final class BackwardBits {
    private final byte[] bytes;
    private final int start;
    private long left;

    /**
     * @throws IllegalArgumentException if the mark is missing
     */
    BackwardBits(byte[] bytes, int start, int end) {
        if (end <= start || bytes[end - 1] == 0) {
            throw new IllegalArgumentException("a bit stream without its end mark");
        }
        this.bytes = bytes;
        this.start = start;
        int mark = 31 - Integer.numberOfLeadingZeros(bytes[end - 1] & 0xFF);
        this.left = 8L * (end - 1 - start) + mark;
    }

    /** Bits that are left; negative after more were read than there are. */
    long left() {
        return left;
    }

    /** Takes bits; those beyond the beginning are 0. */
    int read(int count) {
        int bits = peek(count);
        left -= count;
        return bits;
    }

    void skip(int count) {
        left -= count;
    }

    /** The next bits, at most 32, without taking them. */
    int peek(int count) {
        long from = left - count;
        if (from < 0) {
            return left <= 0 ? 0 : (int) (bits(0, (int) left) << -from);
        }
        return (int) bits(from, count);
    }

    private long bits(long from, int count) {
        int at = start + (int) (from >>> 3);
        long word;
        if (at + Long.BYTES <= bytes.length) {
            word = Little.i64(bytes, at);
        } else {
            word = 0;
            for (int k = 0; at + k < bytes.length; k++) {
                word |= (bytes[at + k] & 0xFFL) << 8 * k;
            }
        }
        return word >>> (from & 7) & (1L << count) - 1;
    }
}
