package org.kernfield.io.internal.picture;

import org.kernfield.field.Image;

import java.util.Arrays;

/**
 * Takes decoded rows and makes a picture of them: colours converted to sRGB, then composited on
 * white where there is alpha, which is kept beside them.
 */
final class Canvas {
    private final int width;
    private final int height;
    private final int channels;
    private final int colours;
    private final boolean hasAlpha;
    private final ColourConversion conversion;
    private final float[] values;
    private final float[] converted;
    private float[] alphas; // null as long as everything is opaque

    /**
     * A canvas for rows of {@code colours} components, followed by straight alpha if there is any.
     *
     * @param conversion to sRGB, or null where the samples are sRGB-encoded already
     */
    Canvas(int width, int height, int colours, boolean hasAlpha, ColourConversion conversion) {
        this.width = width;
        this.height = height;
        this.colours = colours;
        this.channels = colours == 1 ? 1 : 3;
        this.hasAlpha = hasAlpha;
        this.conversion = conversion;
        this.values = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        this.converted = new float[conversion == null ? 0 : width * channels];
    }

    /** Components of one pixel in a row of samples. */
    int bands() {
        return colours + (hasAlpha ? 1 : 0);
    }

    /** Row {@code y} from {@code width × bands()} samples in [0, 1]. */
    void row(int y, float[] samples) {
        int at = y * width * channels;
        if (conversion == null && !hasAlpha) {
            System.arraycopy(samples, 0, values, at, width * channels);
            return;
        }
        int bands = bands();
        float[] source = samples;
        int stride = bands;
        if (conversion != null) {
            conversion.convert(samples, bands, converted, channels);
            source = converted;
            stride = channels;
        }
        for (int x = 0; x < width; x++) {
            float alpha = hasAlpha ? samples[x * bands + colours] : 1;
            if (alpha < 1) {
                cover(y * width + x, alpha);
            }
            for (int c = 0; c < channels; c++) {
                values[at++] = source[x * stride + c] * alpha + (1 - alpha);
            }
        }
    }

    private void cover(int pixel, float alpha) {
        if (alphas == null) {
            alphas = new float[width * height];
            Arrays.fill(alphas, 1);
        }
        alphas[pixel] = alpha;
    }

    /** The picture, turned upright by an {@link Exif} orientation. */
    Image picture(int orientation) {
        return Exif.upright(new Image(width, height, channels, values, alphas), orientation);
    }
}
