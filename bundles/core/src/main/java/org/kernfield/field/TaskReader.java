package org.kernfield.field;

import org.osgi.annotation.versioning.ConsumerType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes a task of a file or directory: a picture, a table, a scene. Registered as a service. */
@ConsumerType
public interface TaskReader {
    /** Name of the tasks it makes, for example {@code image}. */
    String name();

    /** What a user may set about the data; unique among readers and representations together. */
    List<Setting<?>> settings();

    /** Whether {@code input} looks like something it reads; content decides, not the name. */
    boolean accepts(Path input) throws IOException;

    /**
     * Reads the data.
     *
     * @throws org.kernfield.format.FormatException for content that is broken or not supported
     * @throws IOException if it cannot be read
     * @throws SettingException for settings that do not suit the data
     */
    Task read(Path input, Settings settings) throws IOException;
}
