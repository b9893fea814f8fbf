package org.kernfield.io.internal.splat;

import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.scene.Splats;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The .ksplat of GaussianSplats3D, read only: sections of buckets, float32 throughout or positions
 * within buckets and binary16 for the rest.
 *
 * @see <a href="https://github.com/mkkellogg/GaussianSplats3D">the viewer it comes from</a>
 */
public class KsplatCodec extends SplatCodec {
    private static final int HEADER = 4096;
    private static final int SECTION = 1024;
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST_DEGREE = 3;

    protected KsplatCodec() {
        super("ksplat", "ksplat");
    }

    @Override
    public boolean accepts(Probe head) {
        return head.size() >= HEADER && head.has(0, 0, 1) && head.endsWith("ksplat");
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            byte[] header = Streams.exactly(in, HEADER);
            int version = Little.u8(header, 1);
            if (header[0] != 0 || version < 1) {
                throw new IllegalArgumentException(
                        "version " + header[0] + "." + version + "; 0.1 is read");
            }
            long sections = Little.u32(header, 4);
            int level = Little.u16(header, 20);
            if (level > 2) {
                throw new IllegalArgumentException("compression level " + level);
            }
            if (sections > (size - HEADER) / SECTION) {
                throw new EOFException();
            }
            limits.check(file.toString(), sections * SECTION);
            byte[] table = Streams.exactly(in, sections * SECTION);
            int degree = degree(table, (int) sections);
            long least = size / KsplatSection.leastBytes(level);
            long claimed = Little.u32(header, 16);
            if (claimed > least) {
                throw new EOFException();
            }
            int count = count(file, claimed, degree, size, limits);
            var splats = Splats.allocate(count, degree);
            int read = 0;
            for (int k = 0; k < sections; k++) {
                var section = new KsplatSection(table, k * SECTION, header, level);
                read = section.read(in, splats, read);
            }
            if (read != count) {
                throw new IllegalArgumentException(
                        "its sections hold " + read + " splats, not " + count);
            }
            return splats;
        }
    }

    private static int degree(byte[] table, int sections) {
        int degree = 0;
        for (int k = 0; k < sections; k++) {
            if (Little.i32(table, k * SECTION) != 0) {
                degree = Math.max(degree, Little.u16(table, k * SECTION + 40));
            }
        }
        if (degree > LARGEST_DEGREE) {
            throw new IllegalArgumentException("spherical harmonics of degree " + degree);
        }
        return degree;
    }

    @Override
    public boolean canWrite() {
        return false;
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        throw new FormatException(file + ": ksplat is only read; use .ply, .spz or .sog");
    }
}
