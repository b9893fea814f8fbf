package org.kernfield.io.internal.safetensors;

import org.kernfield.backend.Array;
import org.kernfield.field.Model;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Guard;
import org.kernfield.io.internal.Segments;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Models as safetensors: a little-endian 64-bit header length, a JSON header, then the arrays. The
 * same model gives the same bytes: metadata sorted by key, arrays by falling alignment, then name.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public class SafetensorsCodec implements Codec<Model> {
    /** Version of what the metadata mean, under the key {@code kernfield}. */
    static final int FORMAT = 1;

    private static final String FORMAT_KEY = "kernfield";
    private static final Set<String> OWN_KEYS =
            Set.of(FORMAT_KEY, "representation", "version", "task");

    /** The bound that the reference implementation sets, in bytes. */
    private static final long LONGEST_HEADER = 100_000_000;

    /** Bytes that a character of the header takes once it is read, at most about. */
    private static final long BYTES_PER_CHARACTER = 24;

    @Override
    public String name() {
        return "safetensors";
    }

    @Override
    public Class<Model> type() {
        return Model.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("safetensors");
    }

    @Override
    public boolean accepts(Probe head) {
        return head.has(8, '{') || head.head().length > 0 && head.endsWith("safetensors");
    }

    @Override
    public Model read(Path file, Limits limits) throws IOException {
        return Guard.decode(
                file,
                name(),
                () -> {
                    long size = Files.size(file);
                    try (var in = Files.newInputStream(file)) {
                        return read(file, in, size, limits);
                    }
                });
    }

    private static Model read(Path file, InputStream in, long size, Limits limits)
            throws IOException {
        if (size < 10) {
            throw new EOFException();
        }
        long length = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > size - 8 || length > LONGEST_HEADER) {
            throw new FormatException(
                    file
                            + ": its header claims "
                            + Long.toUnsignedString(length)
                            + " bytes, the file has "
                            + size
                            + "; it is truncated or no safetensors file, get a good copy");
        }
        limits.check(file.toString(), size + BYTES_PER_CHARACTER * length);
        var bytes = in.readNBytes((int) length);
        var members = Header.members(new String(bytes, StandardCharsets.UTF_8));
        var metadata = Header.metadata(members);
        // before the tensors, which may look otherwise in a future format
        int version = check(file, metadata);
        var arrays = new LinkedHashMap<String, Array>();
        for (Tensor t : Header.tensors(members, size - 8 - length)) {
            Array array = Array.zeros(t.type(), t.rows(), t.width());
            Segments.read(in, array.data());
            arrays.put(t.name(), array);
        }
        var further = new LinkedHashMap<>(metadata);
        String representation = further.get("representation");
        String task = further.get("task");
        further.keySet().removeAll(OWN_KEYS);
        return new Model(representation, version, task, arrays, further);
    }

    /** Refuses what is not ours or newer than we are; the representation's version otherwise. */
    private static int check(Path file, Map<String, String> metadata) throws FormatException {
        if (!metadata.keySet().containsAll(OWN_KEYS)) {
            throw new FormatException(
                    file
                            + ": is a safetensors file but no Kernfield model, its metadata are"
                            + " without kernfield, representation, version or task; give a model"
                            + " that fit wrote");
        }
        int format = number(file, FORMAT_KEY, metadata);
        if (format > FORMAT) {
            throw new FormatException(
                    file
                            + ": has model format "
                            + format
                            + ", this program reads up to "
                            + FORMAT
                            + "; use a newer Kernfield");
        }
        return number(file, "version", metadata);
    }

    private static int number(Path file, String key, Map<String, String> metadata)
            throws FormatException {
        try {
            return Integer.parseUnsignedInt(metadata.get(key));
        } catch (NumberFormatException e) {
            throw new FormatException(
                    file
                            + ": its metadata "
                            + key
                            + " = '"
                            + metadata.get(key)
                            + "' is not a whole number; get a good copy");
        }
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void write(Model model, Path file) throws IOException {
        var metadata = new TreeMap<>(model.metadata());
        for (String key : OWN_KEYS) {
            if (metadata.containsKey(key)) {
                throw new FormatException(
                        file + ": metadata '" + key + "' belongs to the format; rename it");
            }
        }
        metadata.put(FORMAT_KEY, Integer.toString(FORMAT));
        metadata.put("representation", model.representation());
        metadata.put("version", Integer.toString(model.version()));
        metadata.put("task", model.task());

        var tensors = new ArrayList<Tensor>();
        long at = 0;
        for (var e : inOrder(model.arrays())) {
            Array a = e.getValue();
            long end = at + a.data().byteSize();
            tensors.add(new Tensor(e.getKey(), a.type(), a.rows(), a.width(), at, end));
            at = end;
        }
        byte[] header = new Header(metadata, tensors).json().getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(
                file,
                out -> {
                    var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                    out.write(length.putLong(header.length).array());
                    out.write(header);
                    for (Tensor t : tensors) {
                        Segments.write(model.arrays().get(t.name()).data(), out);
                    }
                });
    }

    /** Widest elements first, so that every array starts at a multiple of its element size. */
    private static List<Map.Entry<String, Array>> inOrder(Map<String, Array> arrays) {
        return arrays.entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<String, Array>>comparingInt(
                                        e -> -e.getValue().type().bytes())
                                .thenComparing(Map.Entry::getKey))
                .toList();
    }
}
