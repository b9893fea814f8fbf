package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;
import org.kernfield.format.FormatException;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads PNG of every colour type and depth without AWT, which is only loaded for an ICC profile. An
 * own reader because ImageIO's fills what a truncated file lacks with black.
 */
final class PngReader {
    /** Deflate cannot do better, see zlib's technical details. */
    private static final long BEST_COMPRESSION = 1032;

    private static final int LONGEST_PROFILE = 1 << 24;

    /** Adam7: first column, first row, column step, row step of each pass. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    private final PngChunks chunks;
    private final PngHeader header;
    private final PngSamples samples;
    private final Allowance allowance;

    PngReader(byte[] file, Allowance allowance) throws EOFException {
        this.chunks = PngChunks.of(file);
        this.header = PngHeader.of(chunks.single().get("IHDR"));
        this.samples =
                PngSamples.of(header, chunks.single().get("PLTE"), chunks.single().get("tRNS"));
        this.allowance = allowance;
    }

    Image read() throws IOException {
        int width = header.width();
        int height = header.height();
        int bands = samples.bands();
        allowance.check(
                width,
                height,
                samples.colours() == 1 ? 1 : 3,
                (header.isInterlaced() ? 4 * bands : 0) + (samples.hasAlpha() ? 4 : 0));
        if (header.rowBytes(width) * height > BEST_COMPRESSION * (chunks.dataBytes() + 64)) {
            throw new EOFException();
        }
        if ((long) width * bands > Integer.MAX_VALUE / 8) {
            throw new FormatException(allowance.file() + ": rows too long; scale it down");
        }
        var canvas = new Canvas(width, height, samples.colours(), samples.hasAlpha(), conversion());
        try (var rows = new PngRows(chunks.data(), header.filterDistance())) {
            if (header.isInterlaced()) {
                interlaced(rows, canvas);
            } else {
                var row = new float[width * bands];
                rows.begin((int) header.rowBytes(width));
                for (int y = 0; y < height; y++) {
                    samples.unpack(rows.next(), width, row);
                    canvas.row(y, row);
                }
            }
        }
        var exif = chunks.single().get("eXIf");
        return canvas.picture(exif == null ? 1 : Exif.orientation(exif));
    }

    private void interlaced(PngRows rows, Canvas canvas) throws EOFException {
        int width = header.width();
        int height = header.height();
        int bands = samples.bands();
        var all = new float[Math.multiplyExact(width * bands, height)];
        var row = new float[width * bands];
        for (int[] pass : ADAM7) {
            int columns = (width - pass[0] + pass[2] - 1) / pass[2];
            if (columns < 1) {
                continue;
            }
            rows.begin((int) header.rowBytes(columns));
            for (int y = pass[1]; y < height; y += pass[3]) {
                samples.unpack(rows.next(), columns, row);
                for (int k = 0; k < columns; k++) {
                    int to = (y * width + pass[0] + k * pass[2]) * bands;
                    System.arraycopy(row, k * bands, all, to, bands);
                }
            }
        }
        for (int y = 0; y < height; y++) {
            canvas.row(y, Arrays.copyOfRange(all, y * width * bands, (y + 1) * width * bands));
        }
    }

    /** By an embedded profile; sRGB is said or assumed otherwise. */
    private ColourConversion conversion() {
        var chunk = chunks.single().get("iCCP");
        if (chunk == null || chunks.single().containsKey("sRGB")) {
            return null;
        }
        byte[] profile = profile(chunk);
        return SrgbProfile.isSrgb(profile)
                ? null
                : IccConversion.of(profile, samples.colours(), header.width());
    }

    /** The profile follows a name, a zero byte and the compression method. */
    private static byte[] profile(ByteBuffer chunk) {
        int name = 0;
        while (name < chunk.limit() && chunk.get(name) != 0) {
            name++;
        }
        if (name + 2 > chunk.limit()) {
            return new byte[0];
        }
        var inflater = new Inflater();
        try {
            inflater.setInput(chunk.slice(name + 2, chunk.limit() - name - 2));
            var profile = new ByteArrayOutputStream();
            var block = new byte[1 << 14];
            for (int n; (n = inflater.inflate(block)) > 0 && profile.size() < LONGEST_PROFILE; ) {
                profile.write(block, 0, n);
            }
            return profile.toByteArray();
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
