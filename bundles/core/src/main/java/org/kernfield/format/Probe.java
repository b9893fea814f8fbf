package org.kernfield.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The beginning of a file, by which its format is recognised.
 *
 * @param fileName last part of the path
 * @param size bytes in the file
 * @param head its first bytes, at most {@link #LENGTH}
 */
public record Probe(String fileName, long size, byte[] head) {
    /** How many bytes are looked at. */
    public static final int LENGTH = 2048;

    public static Probe of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new Probe(
                    file.getFileName().toString(), Files.size(file), in.readNBytes(LENGTH));
        }
    }

    /** Whether the bytes at {@code offset} are {@code magic}, each 0 to 255. */
    public boolean has(int offset, int... magic) {
        if (head.length < offset + magic.length) {
            return false;
        }
        for (int k = 0; k < magic.length; k++) {
            if ((head[offset + k] & 0xFF) != magic[k]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the file begins with ASCII {@code text}. */
    public boolean startsWith(String text) {
        return head.length >= text.length()
                && new String(head, 0, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    /** Whether the file name ends with {@code .extension}, ignoring case. */
    public boolean endsWith(String extension) {
        return fileName.toLowerCase(Locale.ROOT).endsWith("." + extension);
    }
}
