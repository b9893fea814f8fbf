package org.kernfield.io.internal.splat;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.ply.PlyElement;
import org.kernfield.io.internal.ply.PlyHeader;
import org.kernfield.io.internal.ply.PlyRows;
import org.kernfield.io.internal.ply.PlyType;
import org.kernfield.numerics.Morton;
import org.kernfield.numerics.RadixSort;
import org.kernfield.scene.Splats;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PlayCanvas' compressed PLY: four 32-bit words a splat, quantised between the bounds of chunks of
 * 256, and a byte for each further coefficient of the spherical harmonics. Written in Morton order,
 * which keeps the chunks small; of the degree nothing beyond 3, of other properties nothing.
 *
 * @see <a
 *     href="https://developer.playcanvas.com/user-manual/gaussian-splatting/formats/ply/">PlayCanvas'
 *     description of the format</a>
 */
public class CompressedPlyCodec extends SplatCodec {
    private static final int BUFFER = 1 << 16;
    private static final List<String> BOUNDS =
            List.of(
                    "min_x",
                    "min_y",
                    "min_z",
                    "max_x",
                    "max_y",
                    "max_z",
                    "min_scale_x",
                    "min_scale_y",
                    "min_scale_z",
                    "max_scale_x",
                    "max_scale_y",
                    "max_scale_z",
                    "min_r",
                    "min_g",
                    "min_b",
                    "max_r",
                    "max_g",
                    "max_b");
    private static final List<String> WORDS =
            List.of("packed_position", "packed_rotation", "packed_scale", "packed_color");

    /** Bounds that every file has; those of colours came later. */
    private static final int LEAST_BOUNDS = 12;

    protected CompressedPlyCodec() {
        super("compressed-ply", "compressed.ply");
    }

    @Override
    public boolean accepts(Probe head) {
        return head.startsWith("ply")
                && new String(head.head(), StandardCharsets.ISO_8859_1).contains("element chunk");
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            PlyHeader header = PlyHeader.read(in, size);
            if (header.encoding() != PlyHeader.Encoding.LITTLE) {
                throw new IllegalArgumentException("compressed splats are little-endian only");
            }
            PlyElement chunks =
                    element(header, "chunk", BOUNDS.subList(0, LEAST_BOUNDS), PlyType.FLOAT32);
            PlyElement vertices = element(header, "vertex", WORDS, PlyType.UINT32);
            PlyElement harmonics = header.element("sh");
            int degree = harmonics == null ? 0 : degree(harmonics, vertices.count());
            if (chunks.count() < Math.ceilDiv(vertices.count(), PackedChunk.SIZE)) {
                throw new IllegalArgumentException(
                        chunks.count() + " chunks are too few for " + vertices.count() + " splats");
            }
            long bounds = Math.multiplyExact(chunks.count(), 4L * BOUNDS.size());
            int count = count(file, vertices.count(), degree, bounds, limits);
            return read(header, new PlyRows(in, header.encoding()), count, degree);
        }
    }

    private static Splats read(PlyHeader header, PlyRows rows, int count, int degree)
            throws IOException {
        var splats = Splats.allocate(count, degree);
        float[] bounds = null;
        for (PlyElement element : header.elements()) {
            switch (element.name()) {
                case "chunk" -> bounds = bounds(element, rows);
                case "vertex" -> vertices(element, rows, bounds, splats);
                case "sh" -> harmonics(element, rows, splats);
                default -> rows.skip(element);
            }
        }
        return splats;
    }

    private static PlyElement element(
            PlyHeader header, String name, List<String> properties, PlyType type) {
        PlyElement element = header.element(name);
        if (element == null
                || !properties.stream().allMatch(element::has)
                || !element.properties().stream().allMatch(p -> p.type() == type && !p.isList())) {
            throw new IllegalArgumentException("its element " + name + " is not as it should be");
        }
        return element;
    }

    private static int degree(PlyElement harmonics, long count) {
        for (int degree = 1; degree <= 3; degree++) {
            if (harmonics.properties().size() == 3 * (Splats.coefficients(degree) - 1)
                    && harmonics.properties().stream()
                            .allMatch(p -> p.type() == PlyType.UINT8 && !p.isList())
                    && harmonics.count() == count) {
                return degree;
            }
        }
        throw new IllegalArgumentException("its element sh is not as it should be");
    }

    private static float[] bounds(PlyElement element, PlyRows rows) throws IOException {
        var bounds = new float[Math.toIntExact(element.count() * BOUNDS.size())];
        for (int k = LEAST_BOUNDS; k < bounds.length; k++) {
            // colours of files without bounds of their own lie between 0 and 1
            bounds[k] = k % BOUNDS.size() >= LEAST_BOUNDS + 3 ? 1 : 0;
        }
        var targets = new PlyRows.Target[element.properties().size()];
        for (int k = 0; k < targets.length; k++) {
            int place = BOUNDS.indexOf(element.properties().get(k).name());
            targets[k] = place < 0 ? null : new PlyRows.Target(bounds, BOUNDS.size(), place);
        }
        rows.read(element, targets);
        return bounds;
    }

    private static void vertices(PlyElement element, PlyRows rows, float[] bounds, Splats splats)
            throws IOException {
        if (bounds == null || element.properties().size() != WORDS.size()) {
            throw new IllegalArgumentException("its elements are not in the usual order");
        }
        int[] place = WORDS.stream().mapToInt(w -> Integer.BYTES * element.indexOf(w)).toArray();
        rows.blocks(
                element,
                (bytes, first, n) -> {
                    for (int row = 0; row < n; row++) {
                        int at = row * WORDS.size() * Integer.BYTES;
                        PackedChunk.unpack(
                                Little.i32(bytes, at + place[0]),
                                Little.i32(bytes, at + place[1]),
                                Little.i32(bytes, at + place[2]),
                                Little.i32(bytes, at + place[3]),
                                bounds,
                                splats,
                                first + row);
                    }
                });
    }

    private static void harmonics(PlyElement element, PlyRows rows, Splats splats)
            throws IOException {
        int rest = Splats.coefficients(splats.degree()) - 1;
        var values = new float[256];
        for (int k = 0; k < 256; k++) {
            values[k] = PackedChunk.harmonic(k);
        }
        float[] sh = splats.sh();
        rows.blocks(
                element,
                (bytes, first, n) -> {
                    for (int row = 0, from = 0; row < n; row++) {
                        int to = (first + row) * 3 * (rest + 1) + 3;
                        for (int channel = 0; channel < 3; channel++) {
                            for (int k = 0; k < rest; k++) {
                                sh[to + 3 * k + channel] = values[bytes[from++] & 0xFF];
                            }
                        }
                    }
                });
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        checkFinite(splats, file);
        int degree = Math.min(splats.degree(), 3);
        if (splats.count() == 0) {
            throw new FormatException(file + ": no splats; this format needs one at least");
        }
        int[] order = RadixSort.orderUnsigned(Morton.codes(splats.means(), 3));
        AtomicFile.write(
                file,
                out -> {
                    out.write(header(splats.count(), degree).getBytes(StandardCharsets.US_ASCII));
                    var chunk = new PackedChunk(splats);
                    int chunks = Math.ceilDiv(order.length, PackedChunk.SIZE);
                    var bounds = new byte[Float.BYTES * BOUNDS.size()];
                    var words = new byte[order.length * WORDS.size() * Integer.BYTES];
                    for (int k = 0; k < chunks; k++) {
                        int first = k * PackedChunk.SIZE;
                        int n = Math.min(PackedChunk.SIZE, order.length - first);
                        chunk.pack(order, first, n, bounds, words);
                        out.write(bounds);
                    }
                    out.write(words);
                    var bytes = new byte[3 * (Splats.coefficients(degree) - 1)];
                    for (int k = 0; k < order.length && degree > 0; k++) {
                        chunk.harmonics(order[k], bytes);
                        out.write(bytes);
                    }
                });
    }

    private static String header(int count, int degree) {
        var text = new StringBuilder("ply\nformat binary_little_endian 1.0\nelement chunk ");
        text.append(Math.ceilDiv(count, PackedChunk.SIZE)).append('\n');
        BOUNDS.forEach(b -> text.append("property float ").append(b).append('\n'));
        text.append("element vertex ").append(count).append('\n');
        WORDS.forEach(w -> text.append("property uint ").append(w).append('\n'));
        if (degree > 0) {
            text.append("element sh ").append(count).append('\n');
            for (int k = 0; k < 3 * (Splats.coefficients(degree) - 1); k++) {
                text.append("property uchar f_rest_").append(k).append('\n');
            }
        }
        return text.append("end_header\n").toString();
    }
}
