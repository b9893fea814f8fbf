package org.kernfield.engine.internal;

import java.io.IOException;
import java.nio.file.Path;

/** Reads files with whichever codec knows them. */
public interface FileReader {
    /** Whether the content of {@code file} is recognised as a {@code type}. */
    boolean knows(Path file, Class<?> type) throws IOException;

    /**
     * @throws org.kernfield.format.FormatException for content that is broken, unknown, something
     *     else, or beyond the limits
     * @throws IOException if it cannot be read
     */
    <T> T read(Path file, Class<T> type) throws IOException;
}
