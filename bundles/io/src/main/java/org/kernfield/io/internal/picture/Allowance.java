package org.kernfield.io.internal.picture;

import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

/**
 * What reading one picture may allocate.
 *
 * @param file as given, for messages
 * @param taken bytes of the file, already in memory
 */
record Allowance(String file, long taken, Limits limits) {
    /**
     * Refuses a picture before anything is allocated for it.
     *
     * @param bytesPerPixel what decoding needs besides the result
     */
    void check(int width, int height, int channels, int bytesPerPixel) throws FormatException {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("it claims " + width + " × " + height + " pixels");
        }
        long values = (long) width * height * channels;
        if (values > Integer.MAX_VALUE - 8) {
            throw new FormatException(
                    file
                            + ": "
                            + width
                            + " × "
                            + height
                            + " pixels are more than one picture can hold; scale it down");
        }
        limits.check(file, taken + values * Float.BYTES + (long) width * height * bytesPerPixel);
    }
}
