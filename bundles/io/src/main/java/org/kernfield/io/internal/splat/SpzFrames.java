package org.kernfield.io.internal.splat;

import org.kernfield.format.Limits;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.io.internal.zstd.ZstdDecoder;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The frames of SPZ from version 4, one for each attribute, after a table of their sizes. */
final class SpzFrames {
    /** Bytes that a frame's sizes take in the table, packed and unpacked. */
    static final int ENTRY = 16;

    /** A block of Zstandard takes 4 bytes or more and gives 2^17 or fewer (RFC 8878, 3.1.1.2). */
    private static final int MOST_FROM_ONE = 1 << 15;

    private final Path file;
    private final InputStream in;
    private final byte[] sizes;
    private int at;

    /** Reads the table of {@code frames}. */
    SpzFrames(Path file, InputStream in, int frames) throws IOException {
        this.file = file;
        this.in = in;
        this.sizes = Streams.exactly(in, (long) ENTRY * frames);
    }

    /**
     * Refuses a table that does not fit the number of splats, and frames too short for them.
     *
     * @param size bytes of the file, all frames having to fit them
     */
    void check(SpzHeader header, long size) throws EOFException {
        int entry = 0;
        long left = size;
        for (SpzLayout.Attribute kind : SpzLayout.Attribute.values()) {
            long bytes = header.bytes(kind);
            if (bytes > 0) {
                if (entry >= sizes.length || Little.i64(sizes, entry + 8) != bytes) {
                    throw new IllegalArgumentException(
                            "its table does not fit its number of splats");
                }
                long packed = Little.i64(sizes, entry);
                if (packed < 0 || packed > left) {
                    throw new EOFException();
                }
                if (bytes / MOST_FROM_ONE > packed) {
                    throw new IllegalArgumentException(
                            "it claims " + bytes + " bytes in a frame of " + packed);
                }
                left -= packed;
                entry += ENTRY;
            }
        }
    }

    /** What the next frame holds, {@code bytes} of it. */
    byte[] next(int bytes, Limits limits) throws IOException {
        long packed = Little.i64(sizes, at);
        at += ENTRY;
        limits.check(file.toString(), packed + bytes);
        return ZstdDecoder.decode(Streams.exactly(in, packed), 0, (int) packed, bytes);
    }
}
