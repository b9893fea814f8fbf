package org.kernfield.io.internal.gltf;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;
import org.kernfield.io.internal.Little;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes splats, already in the axes and activations of glTF, as one primitive of points. */
public final class SplatWriter {
    private static final int BLOCK = 4096;

    /** Text files hold their bytes as text, which has to fit one string. */
    private static final long LARGEST_TEXT = 1L << 29;

    /** Attributes, place and length of the buffer, views of it, accessors. */
    private static final String JSON =
            """
            {"asset": {"version": "2.0", "generator": "Kernfield"}, \
            "extensionsUsed": ["KHR_gaussian_splatting"], \
            "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}], \
            "meshes": [{"primitives": [{"mode": 0, "attributes": {%s}, "extensions": \
            {"KHR_gaussian_splatting": {"kernel": "ellipse", "colorSpace": "srgb_rec709_display", \
            "sortingMethod": "cameraDistance", "projection": "perspective"}}}]}], \
            "buffers": [{%s"byteLength": %d}], "bufferViews": [%s], "accessors": [%s]}\
            """;

    private final Splats splats;
    private final List<Column> columns = new ArrayList<>();

    private SplatWriter(Splats splats) {
        this.splats = splats;
        int n = Splats.coefficients(splats.degree());
        columns.add(new Column("POSITION", splats.means(), 3, 0, 3));
        String own = SplatPrimitive.EXTENSION;
        columns.add(new Column(own + ":ROTATION", splats.rotations(), 4, 0, 4));
        columns.add(new Column(own + ":SCALE", splats.logScales(), 3, 0, 3));
        columns.add(new Column(own + ":OPACITY", splats.opacities(), 1, 0, 1));
        for (int degree = 0, k = 0; degree <= splats.degree(); degree++) {
            for (int order = 0; order < 2 * degree + 1; order++, k++) {
                String name = SplatPrimitive.harmonic(degree, order);
                columns.add(new Column(name, splats.sh(), 3 * n, 3 * k, 3));
            }
        }
    }

    /**
     * An attribute.
     *
     * @param stride numbers from row to row
     * @param offset of the first
     * @param width numbers of a row that belong to it
     */
    private record Column(String name, float[] values, int stride, int offset, int width) {
        /** Number c of a row; quaternions have their w last in the file. */
        float get(int row, int c) {
            return values[row * stride + offset + (width == 4 ? c + 1 & 3 : c)];
        }
    }

    /**
     * @param splats rotations w, x, y, z of unit length; scales instead of their logarithms,
     *     opacities instead of logits
     */
    public static void write(Splats splats, Path file, boolean isBinary) throws IOException {
        var writer = new SplatWriter(splats);
        long bytes = writer.bytes();
        if (splats.count() == 0 || bytes > Integer.MAX_VALUE - 8) {
            throw new FormatException(
                    file + ": " + splats.count() + " splats do not fit glTF; write .ply");
        }
        if (isBinary) {
            AtomicFile.write(file, writer::writeBinary);
        } else if (bytes > LARGEST_TEXT) {
            throw new FormatException(file + ": too many splats for text; write .glb");
        } else {
            AtomicFile.write(file, writer::writeText);
        }
    }

    private long bytes() {
        return columns.stream().mapToLong(c -> 4L * c.width * splats.count()).sum();
    }

    private void writeBinary(OutputStream out) throws IOException {
        byte[] json = json(null).getBytes(StandardCharsets.US_ASCII);
        int padded = Math.ceilDiv(json.length, 4) * 4;
        var head = new byte[20];
        Little.i32(head, 0, GltfDocument.MAGIC);
        Little.i32(head, 4, 2);
        Little.i32(head, 8, (int) (28 + padded + bytes()));
        Little.i32(head, 12, padded);
        Little.i32(head, 16, GltfDocument.JSON_CHUNK);
        out.write(head);
        out.write(json);
        for (int k = json.length; k < padded; k++) {
            out.write(' ');
        }
        var binary = new byte[8];
        Little.i32(binary, 0, (int) bytes());
        Little.i32(binary, 4, GltfDocument.BINARY_CHUNK);
        out.write(binary);
        numbers(out);
    }

    private void writeText(OutputStream out) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream((int) bytes());
        numbers(bytes);
        String uri =
                "data:application/octet-stream;base64,"
                        + Base64.getEncoder().encodeToString(bytes.toByteArray());
        out.write(json(uri).getBytes(StandardCharsets.US_ASCII));
    }

    private void numbers(OutputStream out) throws IOException {
        for (Column column : columns) {
            var block = new byte[4 * column.width * BLOCK];
            for (int first = 0; first < splats.count(); first += BLOCK) {
                int rows = Math.min(BLOCK, splats.count() - first);
                for (int row = 0, at = 0; row < rows; row++) {
                    for (int c = 0; c < column.width; c++, at += 4) {
                        Little.f32(block, at, column.get(first + row, c));
                    }
                }
                out.write(block, 0, 4 * column.width * rows);
            }
        }
    }

    private String json(String uri) {
        var views = new StringBuilder();
        var accessors = new StringBuilder();
        var attributes = new StringBuilder();
        long offset = 0;
        for (int k = 0; k < columns.size(); k++) {
            Column column = columns.get(k);
            String comma = k == 0 ? "" : ", ";
            long bytes = 4L * column.width * splats.count();
            views.append(comma)
                    .append("{\"buffer\": 0, \"byteOffset\": " + offset)
                    .append(", \"byteLength\": " + bytes + ", \"target\": 34962}");
            accessors
                    .append(comma)
                    .append("{\"bufferView\": " + k + ", \"componentType\": " + GltfAccessor.FLOAT)
                    .append(", \"count\": " + splats.count() + ", \"type\": \"")
                    .append(column.width == 1 ? "SCALAR" : "VEC" + column.width)
                    .append(k == 0 ? "\"" + bounds() + "}" : "\"}");
            attributes.append(comma).append("\"" + column.name + "\": " + k);
            offset += bytes;
        }
        return String.format(
                Locale.ROOT,
                JSON,
                attributes,
                uri == null ? "" : "\"uri\": \"" + uri + "\", ",
                bytes(),
                views,
                accessors);
    }

    /** Corners of the positions, which glTF asks for. */
    private String bounds() {
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int k = 0; k < splats.means().length; k++) {
            low[k % 3] = Math.min(low[k % 3], splats.means()[k]);
            high[k % 3] = Math.max(high[k % 3], splats.means()[k]);
        }
        return ", \"min\": "
                + java.util.Arrays.toString(low)
                + ", \"max\": "
                + java.util.Arrays.toString(high);
    }
}
