package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Several files that appear together or not at all: written into a hidden directory beside their
 * places, then renamed, which neither needs space nor fails half-way.
 */
final class Staging implements AutoCloseable {
    private final Path directory;

    private Staging(Path directory) {
        this.directory = directory;
    }

    static Staging beside(Path file) throws IOException {
        return new Staging(Files.createTempDirectory(parent(file), ".kernfield-"));
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    /**
     * Refuses a place where a file could not be written, before any work is done.
     *
     * @throws Failure with the reason
     */
    static void check(Path file) {
        Path parent = parent(file);
        if (parent == null || Files.isDirectory(file)) {
            throw Failure.refused(
                    file.toString(), "this is a directory", "give the name of a file in it");
        }
        if (!Files.isDirectory(parent)) {
            throw Failure.refused(
                    file.toString(),
                    "there is no directory " + parent,
                    "create it or choose another place");
        }
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
            throw Failure.refused(
                    file.toString(), "it may not be replaced", "choose another file name");
        }
        probe(parent, file);
    }

    /**
     * Refuses a directory into which nothing can be written.
     *
     * @throws Failure with the reason
     */
    static void checkInto(Path directory) {
        probe(directory, directory);
    }

    private static void probe(Path directory, Path named) {
        try {
            Files.delete(Files.createTempFile(directory, ".kernfield-", ".probe"));
        } catch (IOException e) {
            String reason =
                    e instanceof FileSystemException f && f.getReason() != null
                            ? " (" + f.getReason() + ")"
                            : "";
            throw Failure.refused(
                    named.toString(),
                    "nothing can be written to " + directory + reason,
                    "choose a directory you may write to");
        }
    }

    /**
     * Refuses an output that would replace the input.
     *
     * @throws Failure naming it
     */
    static void checkOther(Path out, Path in) throws IOException {
        if (Files.exists(out) && Files.exists(in) && Files.isSameFile(in, out)) {
            throw Failure.refused(out.toString(), "this is the input", "choose another name");
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Moves each staged file to its place. */
    void publish(Map<Path, Path> places) throws IOException {
        for (var place : places.entrySet()) {
            Files.move(place.getKey(), place.getValue(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Moves all that is staged into a folder, under the names it has. */
    void publishAll(Path folder) throws IOException {
        try (var staged = Files.list(directory)) {
            for (Path file : staged.sorted().toList()) {
                Path place = folder.resolve(file.getFileName());
                Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Removes all that is staged, to begin again. */
    void clear() throws IOException {
        try (var rest = Files.list(directory)) {
            for (Path file : rest.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes whatever was not published. */
    @Override
    public void close() throws IOException {
        clear();
        Files.delete(directory);
    }
}
