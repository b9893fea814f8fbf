package org.kernfield.io.internal.ply;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Guard;
import org.kernfield.io.internal.Little;
import org.kernfield.scene.PointCloud;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Points in a PLY file: x y z and, where there are any, red green blue; other properties and
 * elements are passed over. Written little-endian.
 */
public class PointPlyCodec implements Codec<PointCloud> {
    private static final int BUFFER = 1 << 16;
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    @Override
    public String name() {
        return "ply-points";
    }

    @Override
    public Class<PointCloud> type() {
        return PointCloud.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("ply");
    }

    @Override
    public boolean accepts(Probe head) {
        String text = new String(head.head(), StandardCharsets.ISO_8859_1);
        return head.startsWith("ply")
                && text.contains("element vertex")
                && !text.contains("f_dc_0")
                && !text.contains("element chunk")
                && !text.contains("element face");
    }

    @Override
    public PointCloud read(Path file, Limits limits) throws IOException {
        return Guard.decode(file, name(), () -> decode(file, limits));
    }

    private static PointCloud decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            PlyHeader header = PlyHeader.read(in, size);
            var rows = new PlyRows(in, header.encoding());
            for (PlyElement element : header.elements()) {
                if (element.name().equals("vertex")) {
                    return points(file, element, rows, limits);
                }
                rows.skip(element);
            }
        }
        throw new IllegalArgumentException("it has no element vertex");
    }

    private static PointCloud points(Path file, PlyElement element, PlyRows rows, Limits limits)
            throws IOException {
        boolean hasColours = COLOURS.stream().allMatch(element::has);
        long values = Math.multiplyExact(element.count(), hasColours ? 6L : 3L);
        limits.check(file.toString(), values * Float.BYTES);
        var positions = new float[Math.toIntExact(3 * element.count())];
        var colours = new float[hasColours ? positions.length : 0];
        var targets = new PlyRows.Target[element.properties().size()];
        for (int c = 0; c < 3; c++) {
            int place = element.indexOf("xyz".substring(c, c + 1));
            if (place < 0) {
                throw new IllegalArgumentException("its element vertex has no x, y and z");
            }
            targets[place] = new PlyRows.Target(positions, 3, c);
            if (hasColours) {
                int colour = element.indexOf(COLOURS.get(c));
                float scale = largest(element.properties().get(colour).type());
                targets[colour] = new PlyRows.Target(colours, 3, c, 1 / scale);
            }
        }
        rows.read(element, targets);
        return new PointCloud(positions, colours);
    }

    /** What stands for full brightness. */
    private static float largest(PlyType type) {
        return switch (type) {
            case UINT8, INT8 -> 255;
            case UINT16, INT16 -> 65535;
            case INT32, UINT32, FLOAT32, FLOAT64 -> 1;
        };
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void write(PointCloud points, Path file) throws IOException {
        boolean hasColours = points.hasColours();
        var header = new StringBuilder("ply\nformat binary_little_endian 1.0\nelement vertex ");
        header.append(points.count()).append("\nproperty float x\nproperty float y\n");
        header.append("property float z\n");
        if (hasColours) {
            COLOURS.forEach(c -> header.append("property uchar ").append(c).append('\n'));
        }
        header.append("end_header\n");
        AtomicFile.write(
                file,
                out -> {
                    out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
                    var row = new byte[hasColours ? 15 : 12];
                    for (int k = 0; k < points.count(); k++) {
                        for (int c = 0; c < 3; c++) {
                            Little.f32(row, 4 * c, points.positions()[3 * k + c]);
                            if (hasColours) {
                                float colour = points.colours()[3 * k + c];
                                row[12 + c] = (byte) Math.round(255 * Math.clamp(colour, 0f, 1f));
                            }
                        }
                        out.write(row);
                    }
                });
    }
}
