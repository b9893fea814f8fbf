package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Copies jars into a watched folder, each of them whole or not at all, with a bar. */
final class JarCopy {
    private static final int CHUNK = 1 << 20;
    private static final int BAR = 30;

    private final Console console;
    private final Path folder;
    private long total;
    private long done;

    JarCopy(Console console, Path folder) {
        this.console = console;
        this.folder = folder;
    }

    /**
     * Copies in the order given.
     *
     * @param jars by artifact
     * @return bytes that were copied
     * @throws Failure if the folder cannot take them; what was copied of a jar is gone
     */
    long copy(Map<String, Path> jars) {
        try {
            for (Path jar : jars.values()) {
                total += Files.size(jar);
            }
            for (var jar : jars.entrySet()) {
                copy(jar.getValue(), folder.resolve(OptionalPlugin.file(jar.getKey())));
            }
            return total;
        } catch (IOException e) {
            String reason =
                    e instanceof FileSystemException f && f.getReason() != null
                            ? f.getReason()
                            : e.getMessage();
            throw Failure.refused(
                    folder.toString(),
                    "the plugin could not be copied (" + reason + ")",
                    "free %d MB there, or make it writable".formatted(megabytes(total)));
        } finally {
            clear();
        }
    }

    private void copy(Path from, Path to) throws IOException {
        // the watcher passes over names that do not end in .jar
        Path part = Files.createTempFile(folder, ".adding-", ".part");
        try {
            try (InputStream in = Files.newInputStream(from);
                    OutputStream out = Files.newOutputStream(part)) {
                var chunk = new byte[CHUNK];
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    out.write(chunk, 0, n);
                    done += n;
                    show();
                }
            }
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void show() {
        if (console.terminal()) {
            int full = (int) (BAR * done / Math.max(1, total));
            console.err()
                    .print(
                            "\r[%s%s]  %d of %d MB"
                                    .formatted(
                                            "#".repeat(full),
                                            "·".repeat(BAR - full),
                                            megabytes(done),
                                            megabytes(total)));
            console.err().flush();
        }
    }

    private void clear() {
        if (console.terminal() && done > 0) {
            console.err().print("\r" + " ".repeat(BAR + 24) + "\r");
            console.err().flush();
        }
    }

    static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }
}
