package org.kernfield.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all: into a neighbour, synced, then renamed over the old one. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces {@code file} by {@code content}.
     *
     * @throws IOException if anything fails; an older file is then unharmed and nothing is left
     */
    public static void write(Path file, Content content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path partial = Files.createTempFile(directory, "." + file.getFileName(), ".part");
        try {
            try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            publish(partial);
            move(partial, file);
            sync(directory);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Makes the new name outlast a power cut, where directories can be synced. */
    private static void sync(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notSupported) {
            // Windows opens no directory; the file itself is synced
        }
    }

    /** A temporary file is private to its owner; the finished one follows the usual umask. */
    private static void publish(Path partial) throws IOException {
        var view =
                Files.getFileAttributeView(
                        partial, java.nio.file.attribute.PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(
                    java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(
                    from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
