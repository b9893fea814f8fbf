package org.kernfield.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that belongs to this process as long as the process lives: a file in it is locked,
 * which other machines and containers that share the directory see as well.
 */
final class Ownership {

    /** The file that is locked. */
    static final String FILE = "owner.lock";

    /**
     * Directories of this process. Looking at a lock of one's own would lose it: closing any
     * channel on a file gives up the process's POSIX locks on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private Ownership(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes a directory; null if it belongs to somebody already.
     *
     * @throws IOException if it is not there, or nothing can be locked in it
     */
    static Ownership take(Path directory) throws IOException {
        Path place = directory.toRealPath();
        if (!HELD.add(place)) {
            return null;
        }
        Path file = place.resolve(FILE);
        FileChannel channel = null;
        boolean isTaken = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // whoever held the lock may just have removed the file
            isTaken = channel.tryLock() != null && Files.exists(file);
            return isTaken ? new Ownership(place, channel) : null;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!isTaken) {
                HELD.remove(place);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Gives the directory up; once more does nothing. */
    void release() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(directory);
        }
    }
}
