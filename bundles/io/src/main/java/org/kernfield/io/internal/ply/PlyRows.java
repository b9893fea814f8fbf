package org.kernfield.io.internal.ply;

import org.kernfield.io.internal.Streams;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the rows of elements, a block at a time. */
public final class PlyRows {
    private static final int BLOCK = 1 << 17;
    private static final int LONGEST_NUMBER = 400;

    private final InputStream in;
    private final PlyHeader.Encoding encoding;

    /**
     * @param in buffered, after the header
     */
    public PlyRows(InputStream in, PlyHeader.Encoding encoding) {
        this.in = in;
        this.encoding = encoding;
    }

    /**
     * Where a property goes: row i to {@code values[i · stride + offset]}.
     *
     * @param scale what it is multiplied with
     */
    public record Target(float[] values, int stride, int offset, float scale) {
        public Target(float[] values, int stride, int offset) {
            this(values, stride, offset, 1);
        }
    }

    /** Takes the rows of a block of a binary file. */
    @FunctionalInterface
    public interface Block {
        /**
         * @param bytes rows of the element without gaps
         * @param first number of the first of them
         * @param rows how many they are
         */
        void take(byte[] bytes, int first, int rows) throws IOException;
    }

    /**
     * Reads every row of an element.
     *
     * @param targets one a property; null for what is not wanted, and for lists
     */
    public void read(PlyElement element, Target... targets) throws IOException {
        if (encoding == PlyHeader.Encoding.ASCII) {
            readText(element, targets);
        } else if (element.hasLists()) {
            readLists(element, targets);
        } else {
            readBlocks(element, targets);
        }
    }

    /** Passes every row of an element without lists of a binary file. */
    public void blocks(PlyElement element, Block block) throws IOException {
        int rowBytes = element.rowBytes();
        int most = (int) Math.min(Math.max(1, BLOCK / rowBytes), element.count());
        var bytes = new byte[most * rowBytes];
        for (long first = 0; first < element.count(); first += most) {
            int rows = (int) Math.min(most, element.count() - first);
            Streams.fill(in, bytes, rows * rowBytes);
            block.take(bytes, Math.toIntExact(first), rows);
        }
    }

    /** Passes over an element. */
    public void skip(PlyElement element) throws IOException {
        read(element, new Target[element.properties().size()]);
    }

    private void readBlocks(PlyElement element, Target[] targets) throws IOException {
        int rowBytes = element.rowBytes();
        int[] wanted = wanted(targets);
        var offsets = new int[targets.length];
        for (int k = 1; k < offsets.length; k++) {
            offsets[k] = offsets[k - 1] + element.properties().get(k - 1).type().bytes();
        }
        blocks(
                element,
                (bytes, first, rows) -> {
                    var buffer = ByteBuffer.wrap(bytes).order(encoding.order());
                    for (int p : wanted) {
                        column(
                                buffer,
                                offsets[p],
                                rowBytes,
                                element.properties().get(p).type(),
                                targets[p],
                                first,
                                rows);
                    }
                });
    }

    private static int[] wanted(Target[] targets) {
        var places = new int[targets.length];
        int n = 0;
        for (int k = 0; k < targets.length; k++) {
            if (targets[k] != null) {
                places[n++] = k;
            }
        }
        return Arrays.copyOf(places, n);
    }

    private static void column(
            ByteBuffer buffer,
            int offset,
            int rowBytes,
            PlyType type,
            Target target,
            int first,
            int rows) {
        float[] values = target.values;
        int to = first * target.stride + target.offset;
        if (type == PlyType.FLOAT32 && target.scale == 1) {
            for (int row = 0, at = offset; row < rows; row++, at += rowBytes, to += target.stride) {
                values[to] = buffer.getFloat(at);
            }
        } else {
            for (int row = 0, at = offset; row < rows; row++, at += rowBytes, to += target.stride) {
                values[to] = (float) type.get(buffer, at) * target.scale;
            }
        }
    }

    private void readLists(PlyElement element, Target[] targets) throws IOException {
        for (int row = 0; row < element.count(); row++) {
            for (int p = 0; p < targets.length; p++) {
                PlyProperty property = element.properties().get(p);
                if (property.isList()) {
                    double length = number(property.count());
                    in.skipNBytes((long) length * property.type().bytes());
                } else {
                    store(targets[p], row, number(property.type()));
                }
            }
        }
    }

    private double number(PlyType type) throws IOException {
        byte[] bytes = Streams.exactly(in, type.bytes());
        return type.get(ByteBuffer.wrap(bytes).order(encoding.order()), 0);
    }

    private void readText(PlyElement element, Target[] targets) throws IOException {
        for (int row = 0; row < element.count(); row++) {
            for (int p = 0; p < targets.length; p++) {
                if (element.properties().get(p).isList()) {
                    for (long n = (long) number(); n > 0; n--) {
                        number();
                    }
                } else {
                    store(targets[p], row, number());
                }
            }
        }
    }

    private static void store(Target target, int row, double value) {
        if (target != null) {
            target.values[row * target.stride + target.offset] = (float) value * target.scale;
        }
    }

    /** The next number of a text: decimal, or nan and inf as C prints them. */
    private double number() throws IOException {
        int b = in.read();
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            b = in.read();
        }
        if (b < 0) {
            throw new EOFException();
        }
        var text = new StringBuilder(16);
        while (b > ' ') {
            if (text.length() > LONGEST_NUMBER) {
                throw new IllegalArgumentException("a number of it never ends");
            }
            text.append((char) b);
            b = in.read();
        }
        return parse(text.toString());
    }

    private static double parse(String text) {
        return switch (text) {
            case "nan", "-nan", "NaN" -> Double.NaN;
            case "inf", "+inf", "Infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                for (int k = 0; k < text.length(); k++) {
                    if ("0123456789+-.eE".indexOf(text.charAt(k)) < 0) {
                        throw new IllegalArgumentException("'" + text + "' is no number");
                    }
                }
                yield Double.parseDouble(text);
            }
        };
    }
}
