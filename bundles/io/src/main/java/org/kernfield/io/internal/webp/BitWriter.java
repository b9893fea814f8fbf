package org.kernfield.io.internal.webp;

import java.io.ByteArrayOutputStream;

/** Collects bits, the lowest of each byte first. */
final class BitWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long pending;
    private int count;

    /** Appends the lowest {@code width} bits, at most 32. */
    void add(int bits, int width) {
        pending |= (bits & (1L << width) - 1) << count;
        count += width;
        while (count >= 8) {
            bytes.write((int) pending);
            pending >>>= 8;
            count -= 8;
        }
    }

    byte[] bytes() {
        if (count > 0) {
            bytes.write((int) pending);
            pending = 0;
            count = 0;
        }
        return bytes.toByteArray();
    }
}
