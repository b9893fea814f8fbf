package org.kernfield.io.internal.picture;

import java.nio.ByteBuffer;

/** The chunks of a RIFF file, such as WebP is. */
final class RiffChunks {
    private static final int HEADER = 12;

    private RiffChunks() {}

    /**
     * What the first chunk of a kind holds, as far as the file goes; null where there is none.
     *
     * @param in little-endian
     * @param kind four letters, little-endian
     */
    static ByteBuffer first(ByteBuffer in, int kind) {
        long at = HEADER;
        while (at + 8 <= in.limit()) {
            long length = in.getInt((int) at + 4) & 0xFFFFFFFFL;
            if (in.getInt((int) at) == kind) {
                return in.slice((int) at + 8, (int) Math.min(length, in.limit() - at - 8));
            }
            at += 8 + length + (length & 1);
        }
        return null;
    }
}
