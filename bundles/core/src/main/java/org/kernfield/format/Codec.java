package org.kernfield.format;

import org.osgi.annotation.versioning.ConsumerType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads and writes one file format, registered as a service.
 *
 * @param <T> what a file holds, for example {@link org.kernfield.field.Image}
 */
@ConsumerType
public interface Codec<T> {
    /** Short lower-case name of the format, for example {@code png}. */
    String name();

    /** What a file holds. */
    Class<T> type();

    /**
     * File name endings it writes, lower-case, without the first dot; the first is preferred. Of
     * two that fit a name the longer one counts, so {@code compressed.ply} goes before {@code ply}.
     */
    List<String> extensions();

    /** Whether {@code head} looks like this format; content decides, the name only breaks ties. */
    boolean accepts(Probe head);

    /**
     * Reads a file.
     *
     * @param limits bounds on what may be allocated
     * @throws FormatException for content that is broken, not supported or beyond the limits
     * @throws IOException if the file cannot be read
     */
    T read(Path file, Limits limits) throws IOException;

    /** Whether {@link #write} is supported. */
    boolean canWrite();

    /**
     * Writes a file through {@link AtomicFile}: it appears whole or not at all.
     *
     * @throws FormatException if the value cannot be expressed in this format
     * @throws IOException if the file cannot be written; an older file is then unharmed
     */
    void write(T value, Path file) throws IOException;
}
