package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.State;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A state as a safetensors file, for checkpoints: length of the header (8 bytes), header (JSON),
 * arrays. Source: the safetensors format description, version 0.4.
 */
final class TensorFile {
    private static final int CHUNK = 1 << 20;
    private static final int LARGEST_HEADER = 16 << 20;

    private TensorFile() {}

    static void write(State state, Path file) throws IOException {
        var header = new LinkedHashMap<String, Object>();
        header.put("__metadata__", state.values());
        long offset = 0;
        for (var entry : state.arrays().entrySet()) {
            Array array = entry.getValue();
            long end = offset + array.data().byteSize();
            header.put(
                    entry.getKey(),
                    Map.of(
                            "dtype", array.type().name(),
                            "shape", List.of(array.rows(), array.width()),
                            "data_offsets", List.of(offset, end)));
            offset = end;
        }
        String text = Json.write(header);
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
                (text + " ".repeat((8 - plain.length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(
                file,
                out -> {
                    out.write(
                            ByteBuffer.allocate(8)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .putLong(bytes.length)
                                    .array());
                    out.write(bytes);
                    for (Array array : state.arrays().values()) {
                        write(array.data(), out);
                    }
                });
    }

    private static void write(MemorySegment data, OutputStream out) throws IOException {
        var chunk = new byte[CHUNK];
        for (long at = 0; at < data.byteSize(); at += CHUNK) {
            int n = (int) Math.min(CHUNK, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, chunk, 0, n);
            out.write(chunk, 0, n);
        }
    }

    /**
     * Reads a file written by {@link #write}.
     *
     * @throws FormatException if it is broken
     */
    static State read(Path file) throws IOException {
        return read(file, true);
    }

    /**
     * The named numbers of a file written by {@link #write}, without its arrays.
     *
     * @throws FormatException if it is broken
     */
    static Map<String, String> values(Path file) throws IOException {
        return read(file, false).values();
    }

    private static State read(Path file, boolean withArrays) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = fill(channel, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length < 0 || length > Math.min(LARGEST_HEADER, channel.size() - 8)) {
                throw new IllegalArgumentException("header of " + length + " bytes");
            }
            var header =
                    (Map<?, ?>)
                            Json.read(
                                    new String(
                                            fill(channel, 8, (int) length).array(),
                                            StandardCharsets.UTF_8));
            var arrays = new LinkedHashMap<String, Array>();
            var values = new LinkedHashMap<String, String>();
            for (var entry : header.entrySet()) {
                var fields = (Map<?, ?>) entry.getValue();
                if (entry.getKey().equals("__metadata__")) {
                    fields.forEach((key, value) -> values.put((String) key, (String) value));
                } else if (withArrays) {
                    arrays.put((String) entry.getKey(), array(channel, 8 + length, fields));
                }
            }
            return new State(arrays, values);
        } catch (IllegalArgumentException
                | ArithmeticException
                | ClassCastException
                | NullPointerException e) {
            throw new FormatException(
                    file + ": broken checkpoint (" + e.getMessage() + "); start the fit anew");
        }
    }

    private static Array array(FileChannel channel, long base, Map<?, ?> fields)
            throws IOException {
        var type = ElementType.valueOf((String) fields.get("dtype"));
        var shape = (List<?>) fields.get("shape");
        var offsets = (List<?>) fields.get("data_offsets");
        long from = base + number(offsets.get(0));
        long to = base + number(offsets.get(1));
        if (from < base || to < from || to > channel.size()) {
            throw new IllegalArgumentException("array beyond the end of the file");
        }
        long rows = number(shape.get(0));
        int width = Math.toIntExact(number(shape.get(1)));
        if (Math.multiplyExact(Math.multiplyExact(rows, width), type.bytes()) != to - from) {
            throw new IllegalArgumentException("array of another size than its shape");
        }
        Array array = Array.zeros(type, rows, width);
        for (long at = from; at < to; at += CHUNK) {
            int n = (int) Math.min(CHUNK, to - at);
            MemorySegment.copy(
                    MemorySegment.ofArray(fill(channel, at, n).array()),
                    0,
                    array.data(),
                    at - from,
                    n);
        }
        return array;
    }

    private static long number(Object value) {
        return ((Double) value).longValue();
    }

    private static ByteBuffer fill(FileChannel channel, long at, int n) throws IOException {
        var bytes = ByteBuffer.allocate(n);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IllegalArgumentException("ends too early");
            }
        }
        return bytes.flip();
    }
}
