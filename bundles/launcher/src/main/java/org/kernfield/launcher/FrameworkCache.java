package org.kernfield.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The framework's own storage: a directory for this process alone, because a framework cache cannot
 * be shared and bundles are installed by reference, so that there is nothing worth keeping.
 */
record FrameworkCache(Path directory) {

    private static final String PREFIX = "framework-";

    /** Creates this process's directory, and removes those whose process is gone. */
    static FrameworkCache create(Path parent) {
        sweep(parent);
        try {
            return new FrameworkCache(
                    Files.createTempDirectory(
                            parent, PREFIX + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new Refusal(
                    parent.toString(),
                    "no directory can be created in it (" + e.getMessage() + ")",
                    "free some space, or set KERNFIELD_HOME to a directory you may write to",
                    e);
        }
    }

    private static void sweep(Path parent) {
        for (Path left : leftovers(parent)) {
            new FrameworkCache(left).delete();
        }
    }

    private static List<Path> leftovers(Path parent) {
        try (var entries = Files.list(parent)) {
            return entries.filter(FrameworkCache::ownerIsGone).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ownerIsGone(Path entry) {
        String[] parts = entry.getFileName().toString().split("-");
        if (parts.length != 3 || !(parts[0] + "-").equals(PREFIX)) {
            return false;
        }
        try {
            return ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    /** Removes the directory; a file that cannot go now is swept by a later start. */
    void delete() {
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException swept) {
            // another process may be sweeping the same leftovers
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}
