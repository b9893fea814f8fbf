package org.kernfield.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The framework's own storage: a directory for this process alone, because a framework cache cannot
 * be shared and bundles are installed by reference, so that there is nothing worth keeping.
 */
final class FrameworkCache {

    private static final String PREFIX = "framework-";

    /** Age of a directory without a lock that no process uses any more, whatever its number. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Path directory;
    private final Ownership owner;

    /**
     * @param owner null where the file system knows no locks
     */
    private FrameworkCache(Path directory, Ownership owner) {
        this.directory = directory;
        this.owner = owner;
    }

    Path directory() {
        return directory;
    }

    /** Creates this process's directory, and removes those whose process is gone. */
    static FrameworkCache create(Path parent) {
        sweep(parent);
        try {
            FrameworkCache cache = null;
            while (cache == null) {
                cache = owned(parent);
            }
            return cache;
        } catch (IOException e) {
            throw new Refusal(
                    parent.toString(),
                    "no directory can be created in it (" + e.getMessage() + ")",
                    "free some space, or set KERNFIELD_HOME to a directory you may write to",
                    e);
        }
    }

    /** A new directory; null if somebody swept it before it was locked. */
    private static FrameworkCache owned(Path parent) throws IOException {
        Path directory =
                Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
        try {
            Ownership owner = Ownership.take(directory);
            return owner == null ? null : new FrameworkCache(directory, owner);
        } catch (NoSuchFileException swept) {
            return null;
        } catch (IOException noLocks) {
            // without the file others go by the number of the process
            Files.deleteIfExists(directory.resolve(Ownership.FILE));
            return new FrameworkCache(directory, null);
        }
    }

    private static void sweep(Path parent) {
        for (Path left : leftovers(parent)) {
            try {
                Ownership owner = Ownership.take(left);
                if (owner != null) {
                    new FrameworkCache(left, owner).delete();
                }
            } catch (IOException swept) {
                // another process may be sweeping the same leftovers
            }
        }
    }

    private static List<Path> leftovers(Path parent) {
        try (var entries = Files.list(parent)) {
            return entries.filter(FrameworkCache::mayBeLeft).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those with a lock are asked by it; of others the number of the process or the age tells. */
    private static boolean mayBeLeft(Path entry) {
        String[] parts = entry.getFileName().toString().split("-");
        if (parts.length != 3 || !(parts[0] + "-").equals(PREFIX)) {
            return false;
        }
        try {
            long process = Long.parseLong(parts[1]);
            return Files.exists(entry.resolve(Ownership.FILE))
                    || ProcessHandle.of(process).isEmpty()
                    || isOld(entry);
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    private static boolean isOld(Path entry) {
        try {
            return Files.getLastModifiedTime(entry).toInstant().isBefore(Instant.now().minus(OLD));
        } catch (IOException swept) {
            return false;
        }
    }

    /** Removes the directory; a file that cannot go now is swept by a later start. */
    void delete() {
        try {
            try {
                Files.walkFileTree(directory, new Deletion(directory));
            } finally {
                if (owner != null) {
                    owner.release();
                }
            }
            // last, because no file that is open can go on Windows
            Files.deleteIfExists(directory.resolve(Ownership.FILE));
            Files.deleteIfExists(directory);
        } catch (IOException swept) {
            // another process may be sweeping the same leftovers
        }
    }

    /** Deletes all in a directory but the file that tells whose it is. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        private final Path directory;

        Deletion(Path directory) {
            this.directory = directory;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            if (!file.equals(directory.resolve(Ownership.FILE))) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            if (!dir.equals(directory)) {
                Files.deleteIfExists(dir);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
