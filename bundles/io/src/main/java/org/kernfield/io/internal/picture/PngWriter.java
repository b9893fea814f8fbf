package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes 8-bit grey or RGB PNG: values clipped and rounded, no ancillary chunk but sRGB. */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int DATA_CHUNK = 1 << 16;

    /** zlib's usual compromise; higher levels gain a percent and cost twice the time. */
    private static final int LEVEL = 6;

    /** A tenth larger and three times as fast, which counts from some megapixels on. */
    private static final int LEVEL_OF_LARGE = 2;

    private static final long LARGE = 2_000_000;

    private PngWriter() {}

    static void write(Image picture, Path file) throws IOException {
        if (picture.channels() != 1 && picture.channels() != 3) {
            throw new FormatException(
                    file
                            + ": a picture of "
                            + picture.channels()
                            + " channels cannot be written as PNG; use 1 or 3");
        }
        AtomicFile.write(file, out -> write(picture, out));
    }

    private static void write(Image picture, OutputStream out) throws IOException {
        out.write(SIGNATURE);
        var header = ByteBuffer.allocate(13);
        header.putInt(picture.width()).putInt(picture.height());
        header.put((byte) 8).put((byte) (picture.channels() == 1 ? 0 : 2));
        chunk(out, "IHDR", header.array(), 13);
        chunk(out, "sRGB", new byte[1], 1);
        var deflater = new Deflater(picture.pixels() > LARGE ? LEVEL_OF_LARGE : LEVEL);
        try (var data = new DeflaterOutputStream(new Data(out), deflater, DATA_CHUNK)) {
            rows(picture, data);
        } finally {
            deflater.end();
        }
        chunk(out, "IEND", new byte[0], 0);
    }

    private static void rows(Image picture, OutputStream out) throws IOException {
        int channels = picture.channels();
        int n = picture.width() * channels;
        var row = new byte[n];
        var previous = new byte[n];
        var best = new byte[n + 1];
        var trial = new byte[n + 1];
        for (int y = 0; y < picture.height(); y++) {
            for (int k = 0; k < n; k++) {
                float value = Math.clamp(picture.values()[y * n + k], 0f, 1f);
                row[k] = (byte) Math.round(value * 255f);
            }
            long least = Long.MAX_VALUE;
            for (int filter = 0; filter < 5; filter++) {
                long sum = filter(filter, row, previous, channels, trial);
                if (sum < least) {
                    least = sum;
                    var kept = best;
                    best = trial;
                    trial = kept;
                }
            }
            out.write(best);
            var kept = previous;
            previous = row;
            row = kept;
        }
    }

    /**
     * Applies a filter.
     *
     * @return sum of absolute differences, the specification's measure (section 12.7)
     */
    private static long filter(int filter, byte[] row, byte[] above, int distance, byte[] out) {
        out[0] = (byte) filter;
        int n = row.length;
        // to the left of the first pixel lie zeros
        for (int k = 0; k < distance; k++) {
            int up = above[k] & 0xFF;
            int predicted =
                    switch (filter) {
                        case 0, 1 -> 0;
                        case 3 -> up >> 1;
                        default -> up;
                    };
            out[k + 1] = (byte) (row[k] - predicted);
        }
        // one plain loop a filter: the compiler makes vector code of most
        switch (filter) {
            case 0 -> System.arraycopy(row, distance, out, distance + 1, n - distance);
            case 1 -> {
                for (int k = distance; k < n; k++) {
                    out[k + 1] = (byte) (row[k] - row[k - distance]);
                }
            }
            case 2 -> {
                for (int k = distance; k < n; k++) {
                    out[k + 1] = (byte) (row[k] - above[k]);
                }
            }
            case 3 -> {
                for (int k = distance; k < n; k++) {
                    int mean = ((row[k - distance] & 0xFF) + (above[k] & 0xFF)) >> 1;
                    out[k + 1] = (byte) (row[k] - mean);
                }
            }
            default -> {
                for (int k = distance; k < n; k++) {
                    int left = row[k - distance] & 0xFF;
                    int corner = above[k - distance] & 0xFF;
                    out[k + 1] = (byte) (row[k] - PngRows.paeth(left, above[k] & 0xFF, corner));
                }
            }
        }
        long sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += Math.abs(out[k]);
        }
        return sum;
    }

    private static void chunk(OutputStream out, String type, byte[] content, int length)
            throws IOException {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content, 0, length);
        out.write(ByteBuffer.allocate(4).putInt(length).array());
        out.write(name);
        out.write(content, 0, length);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** Each block written becomes an IDAT chunk. */
    private static final class Data extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream(DATA_CHUNK);

        Data(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            pending.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            pending.write(bytes, from, length);
            if (pending.size() >= DATA_CHUNK) {
                emit();
            }
        }

        @Override
        public void close() throws IOException {
            if (pending.size() > 0) {
                emit();
            }
        }

        private void emit() throws IOException {
            chunk(out, "IDAT", pending.toByteArray(), pending.size());
            pending.reset();
        }
    }
}
