package org.kernfield.launcher;

import org.osgi.framework.Constants;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Whether a jar may be read by the framework: it names itself, and neither its manifest nor what it
 * unpacks to is without measure. Only the directory of the jar and its manifest are looked at, so
 * what is unpacked later has to be held to the sizes that the directory claims, by {@link #unpack}.
 */
final class Soundness implements Function<String, String> {
    /** Bytes of a manifest, which names every signed file; bcprov-jdk18on 1.82 has 835,274. */
    static final int LARGEST_MANIFEST = 8_000_000;

    /** Lines of a manifest: the shortest take some 200 bytes of memory each when it is read. */
    static final int MOST_LINES = 300_000;

    /** Entries of a jar. */
    static final int MOST_ENTRIES = 100_000;

    /** Bytes that a jar unpacks to in all. */
    static final long LARGEST = 4_000_000_000L;

    /** Times its size as a file; jars of classes and texts have 2 to 20. */
    static final long LARGEST_RATIO = 100;

    /** Bytes that may be packed as densely as deflate can. */
    private static final long SMALL = 10_000_000;

    private static final String FOLDER = "META-INF/";

    private static final int BUFFER = 1 << 16;

    /**
     * Why the watcher of the drop folders should not read a jar; empty if it may.
     *
     * @throws UncheckedIOException if it cannot be read now, which says nothing of its content
     */
    @Override
    public String apply(String jar) {
        Path file = Path.of(jar);
        try {
            if (manifest(file).getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
                return "its manifest has no Bundle-SymbolicName";
            }
            requireManifestFirst(file);
            return "";
        } catch (ZipException | EOFException e) {
            return Problems.rootMessage(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The main attributes of a jar's manifest.
     *
     * @throws IOException with the reason alone as message if it cannot be read, has no manifest,
     *     or unpacks to more than is good
     */
    static Attributes manifest(Path jar) throws IOException {
        try (var file = new ZipFile(jar.toFile())) {
            requireMeasure(file, Files.size(jar));
            ZipEntry entry = file.getEntry(JarFile.MANIFEST_NAME);
            if (entry == null) {
                throw new ZipException("it has no " + JarFile.MANIFEST_NAME);
            }
            try (InputStream in = file.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
                requireManifest(bytes);
                return parsed(bytes);
            }
        }
    }

    private static Attributes parsed(byte[] manifest) throws ZipException {
        try {
            return new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
        } catch (IOException e) {
            var fault = new ZipException(e.getMessage());
            fault.initCause(e);
            throw fault;
        }
    }

    /**
     * By what the jar's directory claims.
     *
     * @param packed bytes of the file; what entries claim to take of it may overlap
     */
    private static void requireMeasure(ZipFile file, long packed) throws ZipException {
        if (file.size() > MOST_ENTRIES) {
            throw new ZipException(
                    "it has %,d entries, more than %,d".formatted(file.size(), MOST_ENTRIES));
        }
        long most = Math.min(LARGEST, Math.max(SMALL, LARGEST_RATIO * packed));
        long left = most;
        var entries = file.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (JarFile.MANIFEST_NAME.equalsIgnoreCase(entry.getName())) {
                requireManifest(entry.getSize());
            }
            if (entry.getSize() > left) {
                throw new ZipException(
                        "it would unpack from %,d bytes to more than %,d MB"
                                .formatted(packed, most / 1_000_000));
            }
            left -= entry.getSize();
        }
    }

    /**
     * The watcher does not ask the jar's directory for the manifest: it reads the file from its
     * beginning.
     */
    private static void requireManifestFirst(Path jar) throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(jar))) {
            ZipEntry entry = in.getNextEntry();
            if (entry != null && FOLDER.equalsIgnoreCase(entry.getName())) {
                requireManifest(in.readNBytes(LARGEST_MANIFEST + 1).length);
                entry = in.getNextEntry();
            }
            if (entry == null || !JarFile.MANIFEST_NAME.equalsIgnoreCase(entry.getName())) {
                throw new ZipException(JarFile.MANIFEST_NAME + " is not the first file in it");
            }
            requireManifest(in.readNBytes(LARGEST_MANIFEST + 1));
        }
    }

    private static void requireManifest(byte[] content) throws ZipException {
        requireManifest(content.length);
        int lines = 0;
        for (int k = 0; k < content.length; k++) {
            // a line ends with one of them, or with the first and then the second
            boolean isEnd = content[k] == '\r' || content[k] == '\n';
            boolean isSecond = content[k] == '\n' && k > 0 && content[k - 1] == '\r';
            lines += isEnd && !isSecond ? 1 : 0;
        }
        if (lines > MOST_LINES) {
            throw new ZipException("its manifest has more than %,d lines".formatted(MOST_LINES));
        }
    }

    private static void requireManifest(long bytes) throws ZipException {
        if (bytes > LARGEST_MANIFEST) {
            throw new ZipException(
                    "its manifest is longer than %,d bytes".formatted(LARGEST_MANIFEST));
        }
    }

    /**
     * Reads a whole entry of a jar that was found sound.
     *
     * @throws ZipException if it is longer than the jar's directory claims
     */
    static void unpack(ZipFile file, ZipEntry entry, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER];
        long left = entry.getSize();
        try (InputStream in = file.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw new ZipException(entry.getName() + " in it is longer than it claims");
                }
                out.write(buffer, 0, read);
            }
        }
    }
}
