package org.kernfield.field;

/**
 * A picture: sRGB-encoded values, nominally in [0, 1]; x right, y down, origin at the top-left
 * corner, centre of pixel (0, 0) at (0.5, 0.5).
 *
 * @param width pixels in a row
 * @param height rows
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values {@code height × width × channels}, row-major; on white where something is
 *     transparent; owned by the picture
 * @param alpha {@code height × width}, row-major: how much of each pixel is covered, from 0 to 1;
 *     null where all of every pixel is; owned by the picture
 */
public record Image(int width, int height, int channels, float[] values, float[] alpha) {
    public Image {
        if (width < 1 || height < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "picture: " + width + " × " + height + " × " + channels + "; use at least 1");
        }
        long expected = (long) width * height * channels;
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "picture: "
                            + values.length
                            + " values; "
                            + width
                            + " × "
                            + height
                            + " × "
                            + channels
                            + " needs "
                            + expected);
        }
        if (alpha != null && alpha.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "picture: %d values of alpha; %d × %d needs one a pixel"
                            .formatted(alpha.length, width, height));
        }
    }

    /** Nothing of it is transparent. */
    public Image(int width, int height, int channels, float[] values) {
        this(width, height, channels, values, null);
    }

    public long pixels() {
        return (long) width * height;
    }

    public float get(int x, int y, int channel) {
        return values[(y * width + x) * channels + channel];
    }

    /** Every value limited to [0, 1]. */
    public Image clipped() {
        var limited = new float[values.length];
        for (int k = 0; k < limited.length; k++) {
            limited[k] = Math.clamp(values[k], 0f, 1f);
        }
        return new Image(width, height, channels, limited, alpha);
    }

    /** Clipped and rounded to multiples of 1/255, as saving to an 8-bit file does. */
    public Image eightBit() {
        var rounded = clipped().values;
        for (int k = 0; k < rounded.length; k++) {
            rounded[k] = Math.round(rounded[k] * 255f) / 255f;
        }
        return new Image(width, height, channels, rounded, alpha);
    }
}
