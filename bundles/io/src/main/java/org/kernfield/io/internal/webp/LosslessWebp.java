package org.kernfield.io.internal.webp;

import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.io.internal.Little;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;

/**
 * Lossless WebP files, every byte of every pixel kept, that of transparent ones as well.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-2">RFC 9649, section 2</a>
 */
public final class LosslessWebp {
    private static final int CHUNKS = 12;

    private LosslessWebp() {}

    /**
     * The picture of a file.
     *
     * @param file its name, for messages
     * @throws FormatException beyond the limits
     * @throws EOFException if it ends too early
     * @throws IllegalArgumentException for broken content, and for lossy and moving pictures
     */
    public static Argb decode(byte[] bytes, String file, Limits limits)
            throws FormatException, EOFException {
        if (bytes.length < CHUNKS + 8) {
            throw new EOFException();
        }
        if (!text(bytes, 0).equals("RIFF") || !text(bytes, 8).equals("WEBP")) {
            throw new IllegalArgumentException("it does not begin like a WebP picture");
        }
        for (long at = CHUNKS; at + 8 <= bytes.length; ) {
            long size = Little.u32(bytes, (int) at + 4);
            if (size > bytes.length - at - 8) {
                throw new EOFException();
            }
            switch (text(bytes, (int) at)) {
                case "VP8L" -> {
                    int start = (int) at + 8;
                    return new Vp8lDecoder(bytes, start, start + (int) size, file, limits).decode();
                }
                case "VP8 ", "ANIM" ->
                        throw new IllegalArgumentException("a lossy or moving WebP picture");
                default -> at += 8 + size + (size & 1);
            }
        }
        throw new EOFException();
    }

    private static String text(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.US_ASCII);
    }

    /** A file that holds {@code picture}. */
    public static byte[] encode(Argb picture) {
        byte[] pixels = Vp8lEncoder.encode(picture);
        int padded = pixels.length + (pixels.length & 1);
        var bytes = new byte[CHUNKS + 8 + padded];
        put(bytes, 0, "RIFF");
        Little.i32(bytes, 4, bytes.length - 8);
        put(bytes, 8, "WEBP");
        put(bytes, 12, "VP8L");
        Little.i32(bytes, 16, pixels.length);
        System.arraycopy(pixels, 0, bytes, CHUNKS + 8, pixels.length);
        return bytes;
    }

    private static void put(byte[] bytes, int at, String text) {
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 4);
    }
}
