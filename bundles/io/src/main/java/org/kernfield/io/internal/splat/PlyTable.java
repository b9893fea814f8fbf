package org.kernfield.io.internal.splat;

import org.kernfield.format.FormatException;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.ply.PlyHeader;
import org.kernfield.io.internal.ply.PlyRows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A PLY file of one element of floats.
 *
 * @param isText decimal numbers rather than little-endian float32
 * @param rows how many
 * @param columns where the values of each property are; null for zeros
 */
record PlyTable(boolean isText, int rows, Map<String, PlyRows.Target> columns) {
    private static final int BLOCK = 1 << 17;

    /**
     * Refuses names that a header cannot hold.
     *
     * @throws FormatException naming the first
     */
    static void check(Set<String> names, Path file) throws FormatException {
        for (String name : names) {
            if (!name.matches("[!-~]{1,200}")) {
                throw new FormatException(
                        file
                                + ": a property called '"
                                + name
                                + "' cannot be written; PLY takes letters, digits and signs");
            }
        }
    }

    void writeTo(OutputStream out) throws IOException {
        var encoding = isText ? PlyHeader.Encoding.ASCII : PlyHeader.Encoding.LITTLE;
        var header = new StringBuilder("ply\nformat " + encoding.word() + " 1.0\n");
        header.append("element vertex ").append(rows).append('\n');
        columns.keySet().forEach(c -> header.append("property float ").append(c).append('\n'));
        header.append("end_header\n");
        out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
        PlyRows.Target[] targets = columns.values().toArray(PlyRows.Target[]::new);
        if (isText) {
            writeText(targets, out);
        } else {
            writeBinary(targets, out);
        }
    }

    private void writeText(PlyRows.Target[] targets, OutputStream out) throws IOException {
        var line = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            line.setLength(0);
            for (PlyRows.Target t : targets) {
                line.append(line.isEmpty() ? "" : " ");
                line.append(t == null ? "0" : text(t.values()[row * t.stride() + t.offset()]));
            }
            out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The shortest decimal that reads back as the same float; nan and inf as C prints them. */
    private static String text(float value) {
        if (Float.isNaN(value)) {
            return "nan";
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Float.toString(value);
    }

    private void writeBinary(PlyRows.Target[] targets, OutputStream out) throws IOException {
        int rowBytes = Float.BYTES * targets.length;
        int most = Math.max(1, BLOCK / rowBytes);
        var block = new byte[most * rowBytes];
        for (int first = 0; first < rows; first += most) {
            int n = Math.min(most, rows - first);
            for (int p = 0; p < targets.length; p++) {
                if (targets[p] != null) {
                    column(targets[p], first, n, block, Float.BYTES * p, rowBytes);
                }
            }
            out.write(block, 0, n * rowBytes);
        }
    }

    private static void column(
            PlyRows.Target target, int first, int rows, byte[] block, int at, int rowBytes) {
        int from = first * target.stride() + target.offset();
        for (int row = 0; row < rows; row++, from += target.stride(), at += rowBytes) {
            Little.f32(block, at, target.values()[from]);
        }
    }
}
