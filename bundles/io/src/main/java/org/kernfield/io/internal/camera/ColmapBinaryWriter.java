package org.kernfield.io.internal.camera;

import org.kernfield.format.AtomicFile;
import org.kernfield.io.internal.Little;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes COLMAP's binary files, little-endian. */
final class ColmapBinaryWriter {
    private ColmapBinaryWriter() {}

    /**
     * The three files, beside each other; pictures, without which nothing is read, are removed
     * first and come last.
     */
    static void write(ColmapFiles files, Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve("images.bin"));
        AtomicFile.write(directory.resolve("cameras.bin"), out -> cameras(files, out));
        AtomicFile.write(directory.resolve("points3D.bin"), out -> points(files, out));
        AtomicFile.write(directory.resolve("images.bin"), out -> pictures(files, out));
    }

    private static void cameras(ColmapFiles files, OutputStream out) throws IOException {
        i64(out, files.cameras().size());
        int number = 0;
        for (var camera : files.cameras()) {
            i32(out, ++number);
            i32(out, camera.model().ordinal());
            i64(out, camera.width());
            i64(out, camera.height());
            for (double parameter : camera.parameters()) {
                f64(out, parameter);
            }
        }
    }

    private static void pictures(ColmapFiles files, OutputStream out) throws IOException {
        i64(out, files.pictures().size());
        int number = 0;
        for (var picture : files.pictures()) {
            i32(out, ++number);
            for (double value : picture.pose()) {
                f64(out, value);
            }
            i32(out, picture.camera());
            out.write(picture.name().getBytes(StandardCharsets.UTF_8));
            out.write(0);
            // no points are known to be seen in it
            i64(out, 0);
        }
    }

    private static void points(ColmapFiles files, OutputStream out) throws IOException {
        int n = files.points().count();
        i64(out, n);
        for (int k = 0; k < n; k++) {
            i64(out, k + 1L);
            for (int c = 0; c < 3; c++) {
                f64(out, files.points().positions()[3 * k + c]);
            }
            for (int c = 0; c < 3; c++) {
                out.write(files.colour(k, c));
            }
            // neither an error nor a track is known
            f64(out, 0);
            i64(out, 0);
        }
    }

    private static void i32(OutputStream out, int value) throws IOException {
        var bytes = new byte[Integer.BYTES];
        Little.i32(bytes, 0, value);
        out.write(bytes);
    }

    private static void i64(OutputStream out, long value) throws IOException {
        var bytes = new byte[Long.BYTES];
        Little.i64(bytes, 0, value);
        out.write(bytes);
    }

    private static void f64(OutputStream out, double value) throws IOException {
        i64(out, Double.doubleToRawLongBits(value));
    }
}
