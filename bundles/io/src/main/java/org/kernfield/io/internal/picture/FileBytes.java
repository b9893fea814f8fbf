package org.kernfield.io.internal.picture;

import java.io.IOException;
import java.util.Objects;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a file. Some readers take what lies beyond its end for zeros, and a short file that
 * claims much keeps them busy for minutes, so it says only so often that it has ended.
 */
final class FileBytes extends ImageInputStreamImpl {
    /** Reads beyond the end: those that look ahead meet it once for each of their last bits. */
    private static final int PATIENCE = 4096;

    private final byte[] bytes;
    private int beyond;

    FileBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : ended();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, into.length);
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            return ended();
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, into, from, count);
        streamPos += count;
        return count;
    }

    /** Is no {@link java.io.EOFException}, for those are what such readers pass over. */
    private int ended() throws IOException {
        if (++beyond > PATIENCE) {
            throw new IOException("it ends too early");
        }
        return -1;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public boolean isCached() {
        return true;
    }

    @Override
    public boolean isCachedMemory() {
        return true;
    }
}
