package org.kernfield.io.internal.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A PNG put together by hand from raw samples, unfiltered. */
record PngFile(int width, int height, int depth, int colour, boolean isInterlaced, int[] samples) {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    int samplesPerPixel() {
        return samples.length / (width * height);
    }

    /**
     * @param extra further chunks before the data
     * @param cut bytes of raw data to leave out
     */
    byte[] bytes(byte[] extra, int cut) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(header());
        out.writeBytes(extra);
        out.writeBytes(chunk("IDAT", compressed(cut)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    /** The first chunk. */
    byte[] header() {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) depth).put((byte) colour).put((byte) 0).put((byte) 0);
        header.put((byte) (isInterlaced ? 1 : 0));
        return chunk("IHDR", header.array());
    }

    static byte[] chunk(String type, byte[] content) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    private byte[] compressed(int cut) {
        byte[] raw = raw();
        var deflater = new Deflater();
        deflater.setInput(raw, 0, raw.length - cut);
        deflater.finish();
        var block = new byte[raw.length + 100];
        return Arrays.copyOf(block, deflater.deflate(block));
    }

    private byte[] raw() {
        var out = new ByteArrayOutputStream();
        for (int[] pass : isInterlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
            for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
                out.write(0);
                row(out, y, pass);
            }
        }
        return out.toByteArray();
    }

    private void row(ByteArrayOutputStream out, int y, int[] pass) {
        int bits = 0;
        int pending = 0;
        for (int x = pass[0]; x < width; x += pass[2]) {
            for (int c = 0; c < samplesPerPixel(); c++) {
                int sample = samples[(y * width + x) * samplesPerPixel() + c];
                for (int bit = depth - 1; bit >= 0; bit--) {
                    pending = pending << 1 | sample >> bit & 1;
                    if (++bits == 8) {
                        out.write(pending);
                        bits = 0;
                        pending = 0;
                    }
                }
            }
        }
        if (bits > 0) {
            out.write(pending << 8 - bits);
        }
    }
}
