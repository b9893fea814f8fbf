package org.kernfield.io.internal.splat;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.scene.Splats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The headerless .splat: 32 bytes each of position and scales as float32, colour and opacity as
 * bytes, the rotation w, x, y, z as bytes around 128. There is no mark at its beginning, so the
 * name decides. Spherical harmonics beyond the first are not kept.
 *
 * @see <a href="https://github.com/antimatter15/splat">the viewer it comes from</a>
 */
public class RecordCodec extends SplatCodec {
    private static final int RECORD = 32;
    private static final int BLOCK = 4096;

    protected RecordCodec() {
        super("splat", "splat");
    }

    @Override
    public boolean accepts(Probe head) {
        return head.endsWith("splat") && head.size() >= RECORD && head.size() % RECORD == 0;
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        if (size == 0 || size % RECORD != 0) {
            throw new EOFException();
        }
        int count = count(file, size / RECORD, 0, BLOCK * RECORD, limits);
        var splats = Splats.allocate(count, 0);
        float[] logits = Activation.logitsOfBytes();
        var block = new byte[Math.min(BLOCK, count) * RECORD];
        try (var in = Files.newInputStream(file)) {
            for (int first = 0; first < count; first += BLOCK) {
                int n = Math.min(BLOCK, count - first);
                Streams.fill(in, block, n * RECORD);
                for (int k = 0; k < n; k++) {
                    unpack(block, k * RECORD, splats, first + k, logits);
                }
            }
        }
        return splats;
    }

    private static void unpack(byte[] block, int at, Splats to, int splat, float[] logits) {
        for (int c = 0; c < 3; c++) {
            to.means()[3 * splat + c] = Little.f32(block, at + 4 * c);
            to.logScales()[3 * splat + c] = (float) Math.log(Little.f32(block, at + 12 + 4 * c));
            to.sh()[3 * splat + c] = Activation.shOfColour(Little.u8(block, at + 24 + c) / 255.0);
        }
        to.opacities()[splat] = logits[Little.u8(block, at + 27)];
        for (int c = 0; c < 4; c++) {
            to.rotations()[4 * splat + c] = (Little.u8(block, at + 28 + c) - 128) / 128f;
        }
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        checkFinite(splats, file);
        int width = 3 * Splats.coefficients(splats.degree());
        var quaternion = new double[4];
        AtomicFile.write(
                file,
                out -> {
                    var record = new byte[RECORD];
                    for (int k = 0; k < splats.count(); k++) {
                        for (int c = 0; c < 3; c++) {
                            Little.f32(record, 4 * c, splats.means()[3 * k + c]);
                            float scale = (float) Math.exp(splats.logScales()[3 * k + c]);
                            Little.f32(record, 12 + 4 * c, scale);
                            double colour = Activation.colourOfSh(splats.sh()[width * k + c]);
                            record[24 + c] = (byte) Activation.toByte(255 * colour);
                        }
                        record[27] = (byte) Activation.opacity(splats.opacities()[k]);
                        Activation.unit(splats.rotations(), 4 * k, quaternion);
                        for (int c = 0; c < 4; c++) {
                            record[28 + c] = (byte) Activation.toByte(128 * quaternion[c] + 128);
                        }
                        out.write(record);
                    }
                });
    }
}
