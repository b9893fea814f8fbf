package org.kernfield.engine.internal.scene;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a file with whichever codec knows it. */
public interface FileReader {
    /**
     * @throws org.kernfield.format.FormatException for content that is broken, unknown, something
     *     else, or beyond the limits
     * @throws IOException if it cannot be read
     */
    <T> T read(Path file, Class<T> type) throws IOException;
}
