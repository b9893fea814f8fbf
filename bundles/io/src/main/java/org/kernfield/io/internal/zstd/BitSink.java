package org.kernfield.io.internal.zstd;

import java.util.Arrays;

/** Collects bits, the lowest of each byte first. */
final class BitSink {
    private byte[] bytes = new byte[1 << 10];
    private int size;
    private long pending;
    private int count;

    /** Appends the lowest {@code width} bits, at most 32. */
    void add(long bits, int width) {
        pending |= (bits & (1L << width) - 1) << count;
        count += width;
        while (count >= 8) {
            put((byte) pending);
            pending >>>= 8;
            count -= 8;
        }
    }

    private void put(byte b) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = b;
    }

    /** Ends with a set bit, for a stream that is read backwards. */
    byte[] marked() {
        add(1, 1);
        return padded();
    }

    /** Ends with zeros up to a whole byte. */
    byte[] padded() {
        if (count > 0) {
            put((byte) pending);
            pending = 0;
            count = 0;
        }
        return Arrays.copyOf(bytes, size);
    }
}
