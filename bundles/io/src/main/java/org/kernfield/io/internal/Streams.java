package org.kernfield.io.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads exactly what is asked for. */
public final class Streams {
    private Streams() {}

    /**
     * The next {@code count} bytes; memory is taken as they come, so a count that lies takes none.
     *
     * @throws EOFException if there are fewer
     * @throws IllegalArgumentException if they are more than one array can hold
     */
    public static byte[] exactly(InputStream in, long count) throws IOException {
        if (count < 0 || count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("it claims a block of " + count + " bytes");
        }
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    /**
     * Fills the first {@code count} bytes of {@code block}.
     *
     * @throws EOFException if there are fewer
     */
    public static void fill(InputStream in, byte[] block, int count) throws IOException {
        if (in.readNBytes(block, 0, count) < count) {
            throw new EOFException();
        }
    }
}
