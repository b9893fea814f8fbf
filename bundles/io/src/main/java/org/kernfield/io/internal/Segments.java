package org.kernfield.io.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/** Copies between streams and memory segments of any kind, a block at a time. */
public final class Segments {
    private static final int BLOCK = 1 << 16;

    private Segments() {}

    /** Fills {@code segment} from {@code in}. */
    public static void read(InputStream in, MemorySegment segment) throws IOException {
        var block = new byte[(int) Math.min(BLOCK, segment.byteSize())];
        for (long at = 0; at < segment.byteSize(); at += block.length) {
            int n = (int) Math.min(block.length, segment.byteSize() - at);
            if (in.readNBytes(block, 0, n) < n) {
                throw new EOFException();
            }
            MemorySegment.copy(MemorySegment.ofArray(block), 0, segment, at, n);
        }
    }

    /** Appends the bytes of {@code segment} to {@code out}. */
    public static void write(MemorySegment segment, OutputStream out) throws IOException {
        var block = new byte[(int) Math.min(BLOCK, segment.byteSize())];
        for (long at = 0; at < segment.byteSize(); at += block.length) {
            int n = (int) Math.min(block.length, segment.byteSize() - at);
            MemorySegment.copy(segment, at, MemorySegment.ofArray(block), 0, n);
            out.write(block, 0, n);
        }
    }
}
