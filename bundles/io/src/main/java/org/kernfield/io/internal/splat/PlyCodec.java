package org.kernfield.io.internal.splat;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.ply.PlyElement;
import org.kernfield.io.internal.ply.PlyHeader;
import org.kernfield.io.internal.ply.PlyRows;
import org.kernfield.scene.Splats;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The PLY files of 3DGS: x y z, normals, f_dc, f_rest channel after channel, opacity, scale, rot
 * and whatever else there is. Two codecs, one for the binary and one for the text encoding. Normals
 * of zero are written, as other programs expect them, and left out when read.
 */
public class PlyCodec extends SplatCodec {
    private static final int BUFFER = 1 << 16;
    private static final List<String> NORMALS = List.of("nx", "ny", "nz");

    private final boolean isText;

    protected PlyCodec(boolean isText) {
        super(isText ? "ply-ascii" : "ply", isText ? "ascii.ply" : "ply");
        this.isText = isText;
    }

    @Override
    public boolean accepts(Probe head) {
        if (!head.startsWith("ply")) {
            return false;
        }
        String text = new String(head.head(), StandardCharsets.ISO_8859_1);
        return text.contains("f_dc_0") && text.contains("format ascii") == isText;
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            PlyHeader header = PlyHeader.read(in, size);
            var rows = new PlyRows(in, header.encoding());
            for (PlyElement element : header.elements()) {
                if (element.name().equals("vertex")) {
                    return vertices(file, element, rows, limits);
                }
                rows.skip(element);
            }
        }
        throw new IllegalArgumentException("it has no element vertex");
    }

    private static Splats vertices(Path file, PlyElement element, PlyRows rows, Limits limits)
            throws IOException {
        int degree = degree(element);
        List<String> own = columns(degree);
        List<String> further =
                element.properties().stream()
                        .filter(p -> !p.isList() && !own.contains(p.name()))
                        .map(p -> p.name())
                        .toList();
        long extra = Math.multiplyExact(element.count(), 4L * further.size());
        int count = count(file, element.count(), degree, extra, limits);
        var splats = Splats.allocate(count, degree);
        var targets = new PlyRows.Target[element.properties().size()];
        for (String column : own) {
            int place = element.indexOf(column);
            if (place < 0 || element.properties().get(place).isList()) {
                throw new IllegalArgumentException(
                        "its element vertex has no property " + column + ", as splats need");
            }
            targets[place] = target(splats, column);
        }
        var kept = new LinkedHashMap<String, float[]>();
        for (String name : further) {
            kept.put(name, new float[count]);
            targets[element.indexOf(name)] = new PlyRows.Target(kept.get(name), 1, 0);
        }
        rows.read(element, targets);
        dropZeroNormals(kept);
        return splats.with(kept);
    }

    private static void dropZeroNormals(Map<String, float[]> properties) {
        for (String normal : NORMALS) {
            for (float value : properties.getOrDefault(normal, new float[] {1})) {
                if (value != 0) {
                    return;
                }
            }
        }
        properties.keySet().removeAll(NORMALS);
    }

    private static int degree(PlyElement element) {
        int rest = 0;
        while (element.has("f_rest_" + rest)) {
            rest++;
        }
        for (int degree = 0; degree <= Splats.MAX_DEGREE; degree++) {
            if (rest == 3 * (Splats.coefficients(degree) - 1)) {
                return degree;
            }
        }
        throw new IllegalArgumentException(
                "it has " + rest + " properties f_rest; 0, 9, 24, 45 or 72 are a whole degree");
    }

    /** The properties of splats in the order in which they are written, normals apart. */
    private static List<String> columns(int degree) {
        var columns = new ArrayList<>(List.of("x", "y", "z", "f_dc_0", "f_dc_1", "f_dc_2"));
        for (int k = 0; k < 3 * (Splats.coefficients(degree) - 1); k++) {
            columns.add("f_rest_" + k);
        }
        columns.addAll(List.of("opacity", "scale_0", "scale_1", "scale_2"));
        columns.addAll(List.of("rot_0", "rot_1", "rot_2", "rot_3"));
        return columns;
    }

    /** Where a column is in memory. */
    private static PlyRows.Target target(Splats splats, String column) {
        int coefficients = Splats.coefficients(splats.degree());
        int number = column.charAt(column.length() - 1) - '0';
        return switch (column.replaceAll("_\\d+$", "")) {
            case "x" -> new PlyRows.Target(splats.means(), 3, 0);
            case "y" -> new PlyRows.Target(splats.means(), 3, 1);
            case "z" -> new PlyRows.Target(splats.means(), 3, 2);
            case "opacity" -> new PlyRows.Target(splats.opacities(), 1, 0);
            case "scale" -> new PlyRows.Target(splats.logScales(), 3, number);
            case "rot" -> new PlyRows.Target(splats.rotations(), 4, number);
            case "f_dc" -> new PlyRows.Target(splats.sh(), 3 * coefficients, number);
            default -> {
                int rest = Integer.parseInt(column.substring("f_rest_".length()));
                int coefficient = 1 + rest % (coefficients - 1);
                int channel = rest / (coefficients - 1);
                yield new PlyRows.Target(splats.sh(), 3 * coefficients, 3 * coefficient + channel);
            }
        };
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        var columns = new LinkedHashMap<String, PlyRows.Target>();
        for (String column : columns(splats.degree())) {
            columns.put(column, target(splats, column));
            if (column.equals("z")) {
                NORMALS.forEach(normal -> columns.put(normal, null));
            }
        }
        splats.extra().forEach((name, v) -> columns.put(name, new PlyRows.Target(v, 1, 0)));
        PlyTable.check(columns.keySet(), file);
        var table = new PlyTable(isText, splats.count(), columns);
        AtomicFile.write(file, table::writeTo);
    }
}
