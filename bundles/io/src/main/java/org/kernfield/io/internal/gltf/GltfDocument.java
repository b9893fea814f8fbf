package org.kernfield.io.internal.gltf;

import org.kernfield.format.Limits;
import org.kernfield.io.internal.Json;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The description of a glTF file and its numbers, whether in one file (GLB), in the text itself or
 * in files beside it.
 *
 * @see <a href="https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html">glTF 2.0</a>
 */
final class GltfDocument {
    static final int MAGIC = 0x46546C67;
    static final int JSON_CHUNK = 0x4E4F534A;
    static final int BINARY_CHUNK = 0x004E4942;

    /** Bytes that a character of a description takes once it is read, about. */
    private static final int BYTES_PER_CHARACTER = 16;

    private static final String DATA_URI = "base64,";

    private final Path file;
    private final Limits limits;
    private final Map<?, ?> root;
    private final byte[] binary;

    /** Buffers that were read from elsewhere, by number. */
    private final Map<Integer, byte[]> buffers = new HashMap<>();

    private GltfDocument(Path file, Limits limits, Map<?, ?> root, byte[] binary) {
        this.file = file;
        this.limits = limits;
        this.root = root;
        this.binary = binary;
    }

    static GltfDocument read(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        limits.check(file.toString(), size);
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(12);
            if (head.length < 12) {
                throw new EOFException();
            }
            if (Little.i32(head, 0) == MAGIC) {
                return binary(file, in, size, limits);
            }
            byte[] rest = in.readAllBytes();
            var text = new byte[head.length + rest.length];
            System.arraycopy(head, 0, text, 0, head.length);
            System.arraycopy(rest, 0, text, head.length, rest.length);
            return new GltfDocument(file, limits, parsed(file, text, limits), null);
        }
    }

    private static GltfDocument binary(Path file, InputStream in, long size, Limits limits)
            throws IOException {
        Map<?, ?> root = parsed(file, chunk(in, JSON_CHUNK, size), limits);
        return new GltfDocument(file, limits, root, chunk(in, BINARY_CHUNK, size));
    }

    private static byte[] chunk(InputStream in, int type, long size) throws IOException {
        byte[] head = Streams.exactly(in, 8);
        long length = Little.u32(head, 0);
        if (length > size) {
            throw new EOFException();
        }
        if (Little.i32(head, 4) != type) {
            throw new IllegalArgumentException("its chunks are not in the usual order");
        }
        return Streams.exactly(in, length);
    }

    private static Map<?, ?> parsed(Path file, byte[] text, Limits limits) throws IOException {
        limits.check(file.toString(), (long) BYTES_PER_CHARACTER * text.length);
        if (Json.parse(new String(text, StandardCharsets.UTF_8)) instanceof Map<?, ?> root) {
            return root;
        }
        throw new IllegalArgumentException("its description is no object");
    }

    Map<?, ?> root() {
        return root;
    }

    /** The objects of a list at the top; none where there is no such list. */
    List<?> list(String name) {
        return root.get(name) instanceof List<?> items ? items : List.of();
    }

    /** Member {@code index} of a list at the top. */
    Map<?, ?> item(String name, int index) {
        List<?> items = list(name);
        if (index < 0 || index >= items.size() || !(items.get(index) instanceof Map<?, ?> item)) {
            throw new IllegalArgumentException("it has no " + name + " number " + index);
        }
        return item;
    }

    /** A whole number; {@code otherwise} where there is none. */
    static int integer(Map<?, ?> object, String name, int otherwise) {
        Object value = object.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number n && n.doubleValue() == n.intValue()) {
            return n.intValue();
        }
        throw new IllegalArgumentException("its " + name + " is no whole number");
    }

    /** The numbers of an accessor as floats, normalised ones between −1 and 1. */
    GltfAccessor accessor(int index) {
        return GltfAccessor.of(this, item("accessors", index));
    }

    /** The bytes of a buffer. */
    byte[] buffer(int index) throws IOException {
        Map<?, ?> buffer = item("buffers", index);
        if (!(buffer.get("uri") instanceof String uri)) {
            if (index != 0 || binary == null) {
                throw new IllegalArgumentException("a buffer without bytes");
            }
            return binary;
        }
        byte[] known = buffers.get(index);
        if (known == null) {
            known = elsewhere(uri);
            buffers.put(index, known);
        }
        return known;
    }

    private byte[] elsewhere(String uri) throws IOException {
        if (uri.startsWith("data:")) {
            return Base64.getDecoder()
                    .decode(uri.substring(uri.indexOf(DATA_URI) + DATA_URI.length()));
        }
        if (uri.contains("/") || uri.contains("\\") || uri.contains("%")) {
            throw new IllegalArgumentException("it refers to " + uri + ", which is elsewhere");
        }
        Path neighbour = file.resolveSibling(uri);
        if (!Files.isRegularFile(neighbour)) {
            throw new IllegalArgumentException("there is no " + uri + " beside it");
        }
        limits.check(file.toString(), Files.size(neighbour));
        return Files.readAllBytes(neighbour);
    }
}
