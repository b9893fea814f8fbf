package org.kernfield.engine.internal;

import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.Task;
import org.kernfield.field.TaskReader;
import org.kernfield.format.FormatException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Makes tasks of what people name: the first reader that accepts it reads it. */
final class Inputs {
    private final Roster<TaskReader> readers;
    private final Shelf shelf;

    Inputs(Roster<TaskReader> readers, Shelf shelf) {
        this.readers = readers;
        this.shelf = shelf;
    }

    /**
     * A task and what its reader knows.
     *
     * @param settings what a user may set about the data
     */
    record Read(Task task, List<Setting<?>> settings) {}

    Read read(Path input, Map<String, String> given) throws IOException {
        return read(input, given, kind -> {});
    }

    /**
     * @param accepted hears the name of the reader before that reads
     */
    Read read(Path input, Map<String, String> given, Consumer<String> accepted) throws IOException {
        for (var entry : readers.snapshot()) {
            Lease<TaskReader> lease = readers.lease(e -> e == entry);
            if (lease != null) {
                try (lease) {
                    if (accepts(lease, input)) {
                        accepted.accept(lease.service().name());
                        List<Setting<?>> known = List.copyOf(lease.service().settings());
                        return new Read(
                                lease.service().read(input, Settings.of(known, of(known, given))),
                                known);
                    }
                }
            }
        }
        if (Files.isDirectory(input)) {
            throw new FormatException(
                    input
                            + ": a directory that is neither a scene nor a table; give a picture,"
                            + " or a directory with transforms.json, sparse/0 or data.csv");
        }
        // nothing accepts it: reading it as a picture says best what is wrong with it
        return new Read(new ImageTask(shelf.read(input, Image.class)), List.of());
    }

    private static boolean accepts(Lease<TaskReader> reader, Path input) throws IOException {
        try {
            return reader.service().accepts(input);
        } catch (RuntimeException | LinkageError e) {
            Answers.note(reader.name(), e);
            return false;
        }
    }

    /** What is given for {@code known}; the rest belongs to others. */
    private static Map<String, String> of(List<Setting<?>> known, Map<String, String> given) {
        var own = new LinkedHashMap<String, String>();
        known.stream()
                .map(Setting::name)
                .filter(given::containsKey)
                .forEach(name -> own.put(name, given.get(name)));
        return own;
    }

    /** Changes when the content does; empty for a directory, which is not looked through. */
    static String check(Path input) throws IOException {
        if (input == null || !Files.isRegularFile(input)) {
            return "";
        }
        var sum = new CRC32C();
        try (var in = Files.newInputStream(input)) {
            var bytes = new byte[1 << 16];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                sum.update(bytes, 0, n);
            }
        }
        return Long.toHexString(sum.getValue()) + "-" + Files.size(input);
    }

    /** Refuses an input that is not what the job began with. */
    static void refuseChanged(String id, Path input, String check) throws IOException {
        if (!check(input).equals(check)) {
            throw new FormatException(
                    input + ": changed since job " + id + " began; start the fit anew");
        }
    }
}
