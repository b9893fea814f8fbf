package org.kernfield.io.internal.webp;

/**
 * What a pixel is expected to be, from those to its left and above it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-4.1">RFC 9649, section 4.1</a>
 */
final class Predictor {
    private static final int BLACK = 0xFF000000;

    private Predictor() {}

    /**
     * The expected pixel at {@code at}.
     *
     * @param mode 0 to 15, for pixels that are neither in the first row nor in the first column
     */
    static int predict(int mode, int[] pixels, int at, int x, int y, int width) {
        if (y == 0) {
            return x == 0 ? BLACK : pixels[at - 1];
        }
        int top = pixels[at - width];
        if (x == 0) {
            return top;
        }
        int left = pixels[at - 1];
        // beyond the last column this is the first pixel of the same row
        int topRight = pixels[at - width + 1];
        int topLeft = pixels[at - width - 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> mean(mean(left, topRight), top);
            case 6 -> mean(left, topLeft);
            case 7 -> mean(left, top);
            case 8 -> mean(topLeft, top);
            case 9 -> mean(top, topRight);
            case 10 -> mean(mean(left, topLeft), mean(top, topRight));
            case 11 -> nearer(left, top, topLeft);
            case 12 -> plane(left, top, topLeft);
            case 13 -> half(mean(left, top), topLeft);
            default -> BLACK;
        };
    }

    /** Byte by byte, rounded down. */
    private static int mean(int a, int b) {
        return (a & b) + ((a ^ b) >>> 1 & 0x7F7F7F7F);
    }

    /** Sum of bytes, each modulo 256. */
    static int add(int a, int b) {
        return (a & 0xFF00FF00) + (b & 0xFF00FF00) & 0xFF00FF00
                | (a & 0x00FF00FF) + (b & 0x00FF00FF) & 0x00FF00FF;
    }

    /** Difference of bytes, each modulo 256. */
    static int subtract(int a, int b) {
        int alphaGreen = (a >>> 8 & 0xFF00FF | 0x01000100) - (b >>> 8 & 0xFF00FF);
        int redBlue = (a & 0xFF00FF | 0x01000100) - (b & 0xFF00FF);
        return (alphaGreen & 0xFF00FF) << 8 | redBlue & 0xFF00FF;
    }

    private static int nearer(int left, int top, int topLeft) {
        int toLeft = 0;
        int toTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int corner = topLeft >>> shift & 0xFF;
            toLeft += Math.abs((top >>> shift & 0xFF) - corner);
            toTop += Math.abs((left >>> shift & 0xFF) - corner);
        }
        return toLeft < toTop ? left : top;
    }

    private static int plane(int left, int top, int topLeft) {
        int pixel = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value =
                    (left >>> shift & 0xFF) + (top >>> shift & 0xFF) - (topLeft >>> shift & 0xFF);
            pixel |= Math.clamp(value, 0, 255) << shift;
        }
        return pixel;
    }

    private static int half(int mean, int topLeft) {
        int pixel = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = mean >>> shift & 0xFF;
            value += (value - (topLeft >>> shift & 0xFF)) / 2;
            pixel |= Math.clamp(value, 0, 255) << shift;
        }
        return pixel;
    }
}
