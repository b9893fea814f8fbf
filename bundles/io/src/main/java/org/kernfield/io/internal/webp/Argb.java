package org.kernfield.io.internal.webp;

/**
 * Pixels as they are stored: alpha, red, green, blue from the highest byte to the lowest, without
 * premultiplication or colour management.
 *
 * @param width pixels in a row
 * @param height rows
 * @param pixels row-major
 */
public record Argb(int width, int height, int[] pixels) {
    /** Largest side that VP8L can express. */
    public static final int LARGEST_SIDE = 1 << 14;

    public Argb {
        if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw new IllegalArgumentException("a picture of " + width + " × " + height);
        }
        if (pixels.length != width * height) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels for " + width + " × " + height);
        }
    }
}
