package org.kernfield.io.internal.splat;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Json;
import org.kernfield.io.internal.Streams;
import org.kernfield.scene.Splats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * PlayCanvas' SOG, versions 1 and 2: numbers as bytes of lossless WebP pictures, described by
 * meta.json. Two codecs: one for the bundle, a zip archive, and one for the files side by side.
 * Version 2 is written, in Morton order or that of the splats, whichever is smaller; of the degree
 * nothing beyond 3, of other properties nothing.
 *
 * @see <a
 *     href="https://developer.playcanvas.com/user-manual/gaussian-splatting/formats/sog/">PlayCanvas'
 *     description of the format</a>
 */
public class SogCodec extends SplatCodec {
    private static final String META = "meta.json";
    private static final int MOST_ENTRIES = 64;

    /** Bytes that a character of a description takes once it is read, at most about. */
    private static final int BYTES_PER_CHARACTER = 24;

    private final boolean isBundle;

    protected SogCodec(boolean isBundle) {
        super(isBundle ? "sog" : "sog-files", isBundle ? "sog" : META);
        this.isBundle = isBundle;
    }

    @Override
    public boolean accepts(Probe head) {
        if (isBundle) {
            return head.has(0, 'P', 'K', 3, 4) && (head.endsWith("sog") || names(head, META));
        }
        return head.startsWith("{") && names(head, "\"means\"");
    }

    private static boolean names(Probe head, String text) {
        return new String(head.head(), StandardCharsets.ISO_8859_1).contains(text);
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        limits.check(file.toString(), size);
        if (isBundle) {
            Map<String, byte[]> entries = unzipped(file, limits);
            byte[] meta = entries.get(META);
            if (meta == null) {
                throw new IllegalArgumentException("it has no " + META);
            }
            return SogScene.read(
                    file, json(file, meta, limits), name -> entry(entries, name), limits);
        }
        return SogScene.read(
                file,
                json(file, Files.readAllBytes(file), limits),
                name -> neighbour(file, name, limits),
                limits);
    }

    private static Map<?, ?> json(Path file, byte[] text, Limits limits) throws FormatException {
        limits.check(file.toString(), (long) BYTES_PER_CHARACTER * text.length);
        if (Json.parse(new String(text, StandardCharsets.UTF_8)) instanceof Map<?, ?> meta) {
            return meta;
        }
        throw new IllegalArgumentException("its description is no object");
    }

    /** By way of the directory at its end: sizes before an entry may be missing. */
    private static Map<String, byte[]> unzipped(Path file, Limits limits) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        long left = limits.bytes();
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new IllegalArgumentException("an archive of very many files");
            }
            for (ZipEntry e : Collections.list(zip.entries())) {
                byte[] bytes = unzipped(zip, e, left + 1);
                left -= bytes.length;
                limits.check(file.toString(), limits.bytes() - left);
                entries.put(last(e.getName()), bytes);
            }
        }
        return entries;
    }

    /** An entry, or the first bytes of one that is longer than {@code most}. */
    private static byte[] unzipped(ZipFile zip, ZipEntry entry, long most) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 8));
            if (bytes.length < most && sum(bytes) != entry.getCrc()) {
                throw new IllegalArgumentException("its " + entry.getName() + " is damaged");
            }
            return bytes;
        }
    }

    private static long sum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) throws IOException {
        byte[] bytes = entries.get(last(name));
        if (bytes == null) {
            throw new EOFException();
        }
        return bytes;
    }

    /** A file beside the description; never one elsewhere. */
    private static byte[] neighbour(Path file, String name, Limits limits) throws IOException {
        if (!name.equals(last(name)) || name.contains("\\") || name.startsWith(".")) {
            throw new IllegalArgumentException("it refers to " + name + ", which is elsewhere");
        }
        Path picture = file.resolveSibling(name);
        if (!Files.isRegularFile(picture)) {
            throw new FormatException(
                    file + ": there is no " + name + " beside it; get the whole folder");
        }
        limits.check(picture.toString(), Files.size(picture));
        try (var in = Files.newInputStream(picture)) {
            return Streams.exactly(in, Files.size(picture));
        }
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        checkFinite(splats, file);
        if (splats.count() == 0) {
            throw new FormatException(file + ": no splats; this format needs one at least");
        }
        if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new FormatException(file + ": there is no such folder; create it first");
        }
        Map<String, byte[]> files = SogWriter.files(splats, file);
        if (isBundle) {
            AtomicFile.write(
                    file,
                    out -> {
                        var zip = new ZipOutputStream(out);
                        for (var entry : files.entrySet()) {
                            zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                            zip.write(entry.getValue());
                            zip.closeEntry();
                        }
                        zip.finish();
                    });
        } else {
            // the description goes first and comes last, so that a broken run leaves none
            Files.deleteIfExists(file);
            for (var entry : files.entrySet()) {
                Path to = entry.getKey().equals(META) ? file : file.resolveSibling(entry.getKey());
                AtomicFile.write(to, out -> out.write(entry.getValue()));
            }
        }
    }

    /** As it is and without a time, so that the same scene gives the same bytes. */
    private static ZipEntry stored(String name, byte[] bytes) {
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum(bytes));
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }
}
