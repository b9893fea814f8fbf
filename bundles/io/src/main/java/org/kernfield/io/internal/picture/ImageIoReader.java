package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

import javax.imageio.ImageReader;

/** Reads pictures through an ImageIO reader. */
final class ImageIoReader {
    /**
     * Bytes that a decoder and the plane of alpha take for a pixel at most, where they cannot be
     * told before decoding.
     */
    private static final int USUAL_PIXEL = 12;

    /** "EXIF", little-endian. */
    private static final int EXIF = 0x46495845;

    private ImageIoReader() {}

    static Image read(PictureFormat format, byte[] file, Allowance allowance) throws IOException {
        if (format == PictureFormat.WEBP && riffBytes(file) > file.length) {
            throw new EOFException();
        }
        ProfileClaims.check(format, file);
        // the registry and whatever else AWT starts remembers the loader it was started from
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try (var stream = new FileBytes(file)) {
            ImageReader reader = Readers.of(format, file);
            try {
                return read(reader, stream, format, file, allowance);
            } finally {
                reader.dispose();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Image read(
            ImageReader reader,
            FileBytes stream,
            PictureFormat format,
            byte[] file,
            Allowance allowance)
            throws IOException {
        var truncation = new boolean[1];
        reader.addIIOReadWarningListener(
                (source, warning) ->
                        truncation[0] |= warning.toLowerCase(Locale.ROOT).contains("premature"));
        reader.setInput(stream, false, false);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        allowance.check(width, height, 3, USUAL_PIXEL);
        Image picture =
                switch (format) {
                    case JPEG -> Jpeg.read(reader, file);
                    case GIF -> Gif.read(reader, file, allowance);
                    default -> Decoded.picture(reader.read(0), orientation(format, file));
                };
        if (truncation[0]) {
            throw new EOFException();
        }
        return picture;
    }

    private static int orientation(PictureFormat format, byte[] file) {
        return switch (format) {
            case TIFF -> Exif.orientation(ByteBuffer.wrap(file));
            case WEBP -> exifOfWebp(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
            default -> 1;
        };
    }

    private static long riffBytes(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return 8 + (in.getInt(4) & 0xFFFFFFFFL);
    }

    private static int exifOfWebp(ByteBuffer in) {
        ByteBuffer exif = RiffChunks.first(in, EXIF);
        return exif == null ? 1 : Exif.orientation(exif);
    }
}
