package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;

import javax.imageio.ImageReader;

/** JPEG beyond what readers agree on: profiles of grey pictures, and four inks. */
final class Jpeg {
    private Jpeg() {}

    static Image read(ImageReader reader, byte[] file) throws IOException {
        var markers = JpegMarkers.of(file);
        if (!markers.isComplete()) {
            throw new EOFException();
        }
        if (markers.components() == 4) {
            return inks(reader.readRaster(0, null), markers);
        }
        BufferedImage image = reader.read(0);
        if (markers.components() == 1 && markers.profile().length > 0) {
            var grey = IccConversion.of(markers.profile(), 1, image.getWidth());
            return Decoded.picture(image, grey, 1, markers.orientation());
        }
        return Decoded.picture(image, markers.orientation());
    }

    /**
     * CMYK or YCCK as decoded. Adobe stores paper as 255 and, in YCCK, R = Y + 1.402 Cr, G = Y −
     * 0.344136 Cb − 0.714136 Cr, B = Y + 1.772 Cb with the inks cyan = R, magenta = G, yellow = B
     * (Adobe technical note 5116).
     */
    private static Image inks(Raster raster, JpegMarkers markers) {
        int width = raster.getWidth();
        var icc = IccConversion.of(markers.profile(), 4, width);
        var canvas =
                new Canvas(
                        width, raster.getHeight(), 4, false, icc != null ? icc : new NaiveCmyk());
        var raw = new float[4 * width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, raw);
            for (int at = 0; at < raw.length; at += 4) {
                if (markers.adobeTransform() == 2) {
                    fromYcck(raw, at);
                } else if (markers.adobeTransform() >= 0) {
                    for (int c = 0; c < 4; c++) {
                        raw[at + c] = 255 - raw[at + c];
                    }
                }
                for (int c = 0; c < 4; c++) {
                    raw[at + c] = Math.clamp(raw[at + c] / 255, 0f, 1f);
                }
            }
            canvas.row(y, raw);
        }
        return canvas.picture(markers.orientation());
    }

    private static void fromYcck(float[] raw, int at) {
        float luma = raw[at];
        float blue = raw[at + 1] - 128;
        float red = raw[at + 2] - 128;
        raw[at] = luma + 1.402f * red;
        raw[at + 1] = luma - 0.344136f * blue - 0.714136f * red;
        raw[at + 2] = luma + 1.772f * blue;
        raw[at + 3] = 255 - raw[at + 3];
    }
}
