package org.kernfield.io.internal.camera;

import org.kernfield.format.Limits;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.View;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** COLMAP's binary files, little-endian. */
final class ColmapBinary {
    private static final int LONGEST_NAME = 4096;
    private static final int POINT = 43;

    private ColmapBinary() {}

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** The number at the beginning, of which each takes {@code least} bytes at least. */
    private static long count(InputStream in, Path file, int least) throws IOException {
        long count = Little.i64(Streams.exactly(in, 8), 0);
        if (count < 0 || count > Files.size(file) / least) {
            throw new EOFException();
        }
        return count;
    }

    static Map<Integer, Camera> cameras(Path file) throws IOException {
        var cameras = new HashMap<Integer, Camera>();
        try (var in = open(file)) {
            for (long n = count(in, file, 24); n > 0; n--) {
                byte[] head = Streams.exactly(in, 24);
                ColmapModel model = ColmapModel.numbered(Little.i32(head, 4));
                double[] parameters = numbers(in, model.parameters());
                cameras.put(
                        Little.i32(head, 0),
                        model.camera(
                                Math.toIntExact(Little.i64(head, 8)),
                                Math.toIntExact(Little.i64(head, 16)),
                                parameters));
            }
        }
        return cameras;
    }

    private static double[] numbers(InputStream in, int count) throws IOException {
        byte[] bytes = Streams.exactly(in, 8L * count);
        var numbers = new double[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = Little.f64(bytes, 8 * k);
        }
        return numbers;
    }

    static List<View> views(Path file, Map<Integer, Camera> cameras) throws IOException {
        var views = new ArrayList<View>();
        try (var in = open(file)) {
            for (long n = count(in, file, 73); n > 0; n--) {
                Streams.exactly(in, 4);
                double[] pose = numbers(in, 7);
                int camera = Little.i32(Streams.exactly(in, 4), 0);
                String name = name(in);
                long points = Little.i64(Streams.exactly(in, 8), 0);
                if (points < 0 || points > Files.size(file) / 24) {
                    throw new EOFException();
                }
                in.skipNBytes(24 * points);
                views.add(ColmapCodec.view(name, camera, pose, cameras));
            }
        }
        return views;
    }

    private static String name(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != 0; b = in.read()) {
            if (b < 0 || bytes.size() > LONGEST_NAME) {
                throw new EOFException();
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static PointCloud points(Path file, Limits limits) throws IOException {
        try (var in = open(file)) {
            long count = count(in, file, POINT + 8);
            limits.check(file.toString(), 6L * Float.BYTES * count);
            var positions = new float[(int) (3 * count)];
            var colours = new float[positions.length];
            for (int k = 0; k < count; k++) {
                byte[] point = Streams.exactly(in, POINT + 8);
                for (int c = 0; c < 3; c++) {
                    positions[3 * k + c] = (float) Little.f64(point, 8 + 8 * c);
                    colours[3 * k + c] = Little.u8(point, 32 + c) / 255f;
                }
                long track = Little.i64(point, POINT);
                if (track < 0 || track > Files.size(file) / 8) {
                    throw new EOFException();
                }
                in.skipNBytes(8 * track);
            }
            return new PointCloud(positions, colours);
        }
    }
}
