package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** Turns what an ImageIO reader gives into a picture of ours, at the file's own precision. */
final class Decoded {
    /** What a sample of 8 bits stands for. */
    private static final float[] LEVELS = new float[256];

    static {
        for (int level = 0; level < LEVELS.length; level++) {
            LEVELS[level] = level / 255f;
        }
    }

    private Decoded() {}

    /**
     * The picture in {@code image}, whatever its colour model and sample type.
     *
     * @param orientation of {@link Exif}
     * @throws IllegalArgumentException for samples without a known range
     */
    static Image picture(BufferedImage image, int orientation) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return Palette.of(palette).picture(image.getRaster(), orientation);
        }
        int colours = model.getNumColorComponents();
        return picture(
                image, conversion(model.getColorSpace(), image.getWidth()), colours, orientation);
    }

    /** As {@link #picture(BufferedImage, int)} with a conversion other than the image's own. */
    static Image picture(
            BufferedImage image, ColourConversion conversion, int colours, int orientation) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        var canvas =
                new Canvas(
                        image.getWidth(), image.getHeight(), colours, model.hasAlpha(), conversion);
        RowSource rows = rows(raster, canvas.bands());
        var row = new float[image.getWidth() * canvas.bands()];
        for (int y = 0; y < image.getHeight(); y++) {
            rows.read(y, row);
            if (model.isAlphaPremultiplied() && model.hasAlpha()) {
                straighten(row, canvas.bands());
            }
            canvas.row(y, row);
        }
        return canvas.picture(orientation);
    }

    /** Fills a row of width × bands samples in [0, 1]. */
    private interface RowSource {
        void read(int y, float[] row);
    }

    private static RowSource rows(Raster raster, int bands) {
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getNumBanks() == 1
                && raster.getNumBands() >= bands) {
            return bytes(raster, layout, buffer, bands);
        }
        var scale = SampleScale.of(raster, bands);
        var pixels = new float[raster.getWidth() * raster.getNumBands()];
        return (y, row) -> {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, pixels);
            scale.apply(pixels, raster.getNumBands(), row, bands);
        };
    }

    /** The common case: 8 bits a sample, in any order, without a call a pixel. */
    private static RowSource bytes(
            Raster raster, PixelInterleavedSampleModel layout, DataBufferByte buffer, int bands) {
        byte[] data = buffer.getData();
        int[] offsets = layout.getBandOffsets();
        int stride = layout.getPixelStride();
        int first =
                buffer.getOffset()
                        + (raster.getMinX() - raster.getSampleModelTranslateX()) * stride
                        + (raster.getMinY() - raster.getSampleModelTranslateY())
                                * layout.getScanlineStride();
        return (y, row) -> {
            int line = first + y * layout.getScanlineStride();
            if (bands == 3) {
                colours(data, line, stride, offsets, row);
                return;
            }
            for (int band = 0; band < bands; band++) {
                int from = line + offsets[band];
                for (int to = band; to < row.length; to += bands, from += stride) {
                    row[to] = LEVELS[data[from] & 0xFF];
                }
            }
        };
    }

    /** A row of three samples a pixel, all of a pixel at a time. */
    private static void colours(byte[] data, int line, int stride, int[] offsets, float[] row) {
        float[] levels = LEVELS;
        int red = line + offsets[0];
        int green = line + offsets[1];
        int blue = line + offsets[2];
        for (int to = 0, at = 0; to + 2 < row.length; to += 3, at += stride) {
            row[to] = levels[data[red + at] & 0xFF];
            row[to + 1] = levels[data[green + at] & 0xFF];
            row[to + 2] = levels[data[blue + at] & 0xFF];
        }
    }

    private static void straighten(float[] row, int bands) {
        for (int at = 0; at < row.length; at += bands) {
            float alpha = row[at + bands - 1];
            for (int c = 0; c < bands - 1; c++) {
                row[at + c] = alpha > 0 ? Math.min(1, row[at + c] / alpha) : 0;
            }
        }
    }

    private static ColourConversion conversion(ColorSpace space, int width) {
        int components = space.getNumComponents();
        if (space.isCS_sRGB() || space == ColorSpace.getInstance(ColorSpace.CS_GRAY)) {
            return null;
        }
        if (space instanceof ICC_ColorSpace icc && components <= 4) {
            return IccConversion.of(icc.getProfile(), components, width);
        }
        if (space.getType() == ColorSpace.TYPE_CMYK) {
            return new NaiveCmyk();
        }
        return components == 1 ? null : new AnySpace(space);
    }
}
