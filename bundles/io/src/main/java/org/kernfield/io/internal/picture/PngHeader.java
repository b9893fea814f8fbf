package org.kernfield.io.internal.picture;

import java.nio.ByteBuffer;

/**
 * IHDR.
 *
 * @param depth bits a sample
 * @param colour 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 */
record PngHeader(int width, int height, int depth, int colour, boolean isInterlaced) {
    static PngHeader of(ByteBuffer ihdr) {
        if (ihdr.remaining() != 13 || ihdr.get(10) != 0 || ihdr.get(11) != 0 || ihdr.get(12) > 1) {
            throw new IllegalArgumentException("its header is not valid");
        }
        var header =
                new PngHeader(
                        ihdr.getInt(0),
                        ihdr.getInt(4),
                        ihdr.get(8),
                        ihdr.get(9),
                        ihdr.get(12) == 1);
        boolean isAllowed =
                switch (header.colour) {
                    case 0 -> header.depth == 16 || isPacked(header.depth);
                    case 3 -> isPacked(header.depth);
                    case 2, 4, 6 -> header.depth == 8 || header.depth == 16;
                    default -> false;
                };
        if (!isAllowed) {
            throw new IllegalArgumentException(
                    "colour type " + header.colour + " with " + header.depth + " bits");
        }
        return header;
    }

    private static boolean isPacked(int depth) {
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    }

    /** Samples a pixel in the file. */
    int samples() {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** Bytes of a row of {@code pixels}, without its filter byte. */
    long rowBytes(int pixels) {
        return ((long) pixels * samples() * depth + 7) / 8;
    }

    /** Distance of the bytes that filters compare. */
    int filterDistance() {
        return Math.max(1, samples() * depth / 8);
    }
}
