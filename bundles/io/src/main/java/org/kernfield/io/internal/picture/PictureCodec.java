package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Pictures of one format as sRGB-encoded values: profiles and CMYK converted, alpha composited on
 * white and kept, EXIF orientation applied, grey as one channel. Only PNG is written.
 */
public class PictureCodec implements Codec<Image> {
    private final PictureFormat format;

    protected PictureCodec(PictureFormat format) {
        this.format = format;
    }

    @Override
    public final String name() {
        return format.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public final Class<Image> type() {
        return Image.class;
    }

    @Override
    public final List<String> extensions() {
        return format.extensions();
    }

    @Override
    public final boolean accepts(Probe head) {
        return format.accepts(head);
    }

    @Override
    public final Image read(Path file, Limits limits) throws IOException {
        return Guard.decode(
                file,
                name(),
                () -> {
                    limits.check(file.toString(), Files.size(file));
                    byte[] bytes = Files.readAllBytes(file);
                    var allowance = new Allowance(file.toString(), bytes.length, limits);
                    return format == PictureFormat.PNG
                            ? new PngReader(bytes, allowance).read()
                            : ImageIoReader.read(format, bytes, allowance);
                });
    }

    @Override
    public final boolean canWrite() {
        return format == PictureFormat.PNG;
    }

    @Override
    public final void write(Image picture, Path file) throws IOException {
        if (!canWrite()) {
            throw new FormatException(file + ": " + name() + " is not written; use .png");
        }
        PngWriter.write(picture, file);
    }
}
