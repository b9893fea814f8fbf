package org.kernfield.io.internal.ply;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text before the data of a PLY file.
 *
 * @param encoding of the data
 * @param elements in the order of the data
 * @see <a href="https://paulbourke.net/dataformats/ply/">G. Turk's description of the format</a>
 */
public record PlyHeader(Encoding encoding, List<PlyElement> elements) {
    /** How the data are written. */
    public enum Encoding {
        ASCII("ascii"),
        LITTLE("binary_little_endian"),
        BIG("binary_big_endian");

        private final String word;

        Encoding(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        ByteOrder order() {
            return this == BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }
    }

    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_LINES = 1 << 14;

    public PlyHeader {
        elements = List.copyOf(elements);
    }

    /**
     * Reads up to and with {@code end_header}.
     *
     * @param size bytes of the file; counts beyond it are refused
     * @throws IllegalArgumentException naming what is wrong
     */
    public static PlyHeader read(InputStream in, long size) throws IOException {
        if (!line(in).equals("ply")) {
            throw new IllegalArgumentException("it does not begin with ply");
        }
        Encoding encoding = null;
        var elements = new ArrayList<PlyElement>();
        for (int n = 0; ; n++) {
            String[] words = line(in).strip().split("\\s+");
            if (n > MOST_LINES) {
                throw new IllegalArgumentException("its header never ends");
            }
            switch (words[0]) {
                case "end_header" -> {
                    var header = new PlyHeader(required(encoding), elements);
                    header.check(size);
                    return header;
                }
                case "format" -> encoding = encoding(word(words, 1));
                case "element" ->
                        elements.add(
                                new PlyElement(
                                        word(words, 1),
                                        Long.parseUnsignedLong(word(words, 2)),
                                        List.of()));
                case "property" -> addProperty(elements, words);
                case "comment", "obj_info", "" -> {}
                default ->
                        throw new IllegalArgumentException(
                                "unknown header line '" + shortened(words[0]) + "'");
            }
        }
    }

    private static Encoding required(Encoding encoding) {
        if (encoding == null) {
            throw new IllegalArgumentException("its header names no format");
        }
        return encoding;
    }

    private static Encoding encoding(String word) {
        for (Encoding encoding : Encoding.values()) {
            if (encoding.word.equals(word)) {
                return encoding;
            }
        }
        throw new IllegalArgumentException("unknown format '" + shortened(word) + "'");
    }

    private static void addProperty(List<PlyElement> elements, String[] words) {
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("a property before any element");
        }
        boolean isList = word(words, 1).equals("list");
        var property =
                isList
                        ? new PlyProperty(
                                word(words, 4),
                                PlyType.named(word(words, 3)),
                                PlyType.named(word(words, 2)))
                        : new PlyProperty(word(words, 2), PlyType.named(word(words, 1)), null);
        PlyElement last = elements.removeLast();
        if (last.has(property.name())) {
            throw new IllegalArgumentException("property " + property.name() + " given twice");
        }
        var properties = new ArrayList<>(last.properties());
        properties.add(property);
        elements.add(new PlyElement(last.name(), last.count(), properties));
    }

    private void check(long size) throws EOFException {
        long least = 0;
        for (PlyElement element : elements) {
            if (element.count() < 0 || element.properties().isEmpty() && element.count() > size) {
                throw new IllegalArgumentException(
                        "it claims " + Long.toUnsignedString(element.count()) + " rows");
            }
            least = Math.addExact(least, element.leastBytes(encoding));
        }
        // the last number of a text needs no separator after it
        if (least > size + 1) {
            throw new EOFException();
        }
    }

    /** The element called {@code name}; null if there is none. */
    public PlyElement element(String name) {
        return elements.stream().filter(e -> e.name().equals(name)).findFirst().orElse(null);
    }

    private static String word(String[] words, int place) {
        if (words.length <= place) {
            throw new IllegalArgumentException("header line '" + shortened(words[0]) + "' is cut");
        }
        return words[place];
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (bytes.length() > LONGEST_LINE) {
                throw new IllegalArgumentException("a line of its header never ends");
            }
            bytes.append((char) b);
        }
        int end = bytes.length();
        if (end > 0 && bytes.charAt(end - 1) == '\r') {
            bytes.setLength(end - 1);
        }
        byte[] raw = bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new String(raw, StandardCharsets.UTF_8);
    }
}
