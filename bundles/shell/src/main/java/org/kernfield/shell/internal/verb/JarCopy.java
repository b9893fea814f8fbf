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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Copies jars into a watched folder, all of them or none, with a bar. What is there already is left
 * alone, so that the watcher does not take it for another version.
 */
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
     * What was copied.
     *
     * @param artifacts whose jars were not there, or were different
     * @param bytes of their jars
     */
    record Copied(Set<String> artifacts, long bytes) {}

    /**
     * Copies in the order given.
     *
     * @param jars by artifact
     * @throws Failure if the folder cannot take them; what was copied is gone, and what was there
     *     before still is
     */
    Copied copy(Map<String, Path> jars) {
        var parts = new LinkedHashMap<String, Path>();
        try {
            var news = news(jars);
            for (Path jar : news.values()) {
                total += Files.size(jar);
            }
            for (var jar : news.entrySet()) {
                // the watcher passes over names that do not end in .jar
                Path part = Files.createTempFile(folder, ".adding-", ".part");
                parts.put(jar.getKey(), part);
                copy(jar.getValue(), part);
            }
            moveAll(parts);
            return new Copied(news.keySet(), total);
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
            parts.values().forEach(JarCopy::delete);
            clear();
        }
    }

    private Path place(String artifact) {
        return folder.resolve(OptionalPlugin.file(artifact));
    }

    private Map<String, Path> news(Map<String, Path> jars) throws IOException {
        var news = new LinkedHashMap<String, Path>();
        for (var jar : jars.entrySet()) {
            Path there = place(jar.getKey());
            if (!Files.exists(there) || Files.mismatch(jar.getValue(), there) >= 0) {
                news.put(jar.getKey(), jar.getValue());
            }
        }
        return news;
    }

    private void moveAll(Map<String, Path> parts) throws IOException {
        var added = new ArrayList<Path>();
        try {
            for (var part : parts.entrySet()) {
                Path to = place(part.getKey());
                boolean isNew = !Files.exists(to);
                Files.move(part.getValue(), to, StandardCopyOption.REPLACE_EXISTING);
                if (isNew) {
                    added.add(to);
                }
            }
        } catch (IOException e) {
            added.forEach(JarCopy::delete);
            throw e;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the reason why it could not be copied is told
        }
    }

    private void copy(Path from, Path to) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            var chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                out.write(chunk, 0, n);
                done += n;
                show();
            }
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
