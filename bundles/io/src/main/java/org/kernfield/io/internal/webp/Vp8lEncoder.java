package org.kernfield.io.internal.webp;

import java.util.Arrays;

/**
 * Encodes pictures without loss: of a few ways to make the pixels smaller (predicting them from
 * their neighbours or not, subtracting green or not) the one of least entropy, then repetitions,
 * then one group of prefix codes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-3">RFC 9649, section 3</a>
 */
final class Vp8lEncoder {
    /** Logarithm of the side of the blocks that share a predictor. */
    private static final int BLOCK_BITS = 4;

    /** The predictors that are tried. */
    private static final int[] MODES = {1, 2, 7, 11, 12};

    private final int width;
    private final int height;
    private final BitWriter out = new BitWriter();

    private Vp8lEncoder(int width, int height) {
        this.width = width;
        this.height = height;
    }

    static byte[] encode(Argb picture) {
        var encoder = new Vp8lEncoder(picture.width(), picture.height());
        encoder.picture(picture.pixels());
        return encoder.out.bytes();
    }

    private void picture(int[] pixels) {
        boolean hasAlpha = Arrays.stream(pixels).anyMatch(p -> p >>> 24 != 255);
        out.add(Symbols.SIGNATURE, 8);
        out.add(width - 1, 14);
        out.add(height - 1, 14);
        out.add(hasAlpha ? 1 : 0, 1);
        out.add(0, 3);
        int[] modes = modes(pixels);
        int[] predicted = residuals(pixels, modes);
        int[][] candidates = {pixels, withoutGreen(pixels), predicted, withoutGreen(predicted)};
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < candidates.length; k++) {
            double bits = entropy(candidates[k]);
            if (bits < least) {
                best = k;
                least = bits;
            }
        }
        if (best >= 2) {
            out.add(1, 1);
            out.add(Symbols.PREDICT, 2);
            out.add(BLOCK_BITS - 2, 3);
            PixelWriter.write(modes, Symbols.blocks(width, BLOCK_BITS), false, out);
        }
        if (best % 2 == 1) {
            out.add(1, 1);
            out.add(Symbols.SUBTRACT_GREEN, 2);
        }
        out.add(0, 1);
        PixelWriter.write(candidates[best], width, true, out);
    }

    /** For each block the predictor that leaves the least, in green. */
    private int[] modes(int[] pixels) {
        int across = Symbols.blocks(width, BLOCK_BITS);
        var modes = new int[across * Symbols.blocks(height, BLOCK_BITS)];
        for (int block = 0; block < modes.length; block++) {
            int x = block % across << BLOCK_BITS;
            int y = block / across << BLOCK_BITS;
            int best = MODES[0];
            long least = Long.MAX_VALUE;
            for (int mode : MODES) {
                long sum = size(pixels, mode, x, y);
                if (sum < least) {
                    least = sum;
                    best = mode;
                }
            }
            modes[block] = 0xFF000000 | best << 8;
        }
        return modes;
    }

    /** Sum of what a predictor leaves of a block, as signed bytes. */
    private long size(int[] pixels, int mode, int left, int top) {
        long sum = 0;
        for (int y = top; y < Math.min(height, top + (1 << BLOCK_BITS)); y++) {
            for (int x = left; x < Math.min(width, left + (1 << BLOCK_BITS)); x++) {
                int at = y * width + x;
                int expected = Predictor.predict(mode, pixels, at, x, y, width);
                int rest = Predictor.subtract(pixels[at], expected);
                sum +=
                        Math.abs((byte) (rest >>> 24))
                                + Math.abs((byte) (rest >>> 16))
                                + Math.abs((byte) (rest >>> 8))
                                + Math.abs((byte) rest);
            }
        }
        return sum;
    }

    private int[] residuals(int[] pixels, int[] modes) {
        int across = Symbols.blocks(width, BLOCK_BITS);
        var residuals = new int[pixels.length];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at++) {
                int mode = modes[(y >>> BLOCK_BITS) * across + (x >>> BLOCK_BITS)] >>> 8 & 15;
                int expected = Predictor.predict(mode, pixels, at, x, y, width);
                residuals[at] = Predictor.subtract(pixels[at], expected);
            }
        }
        return residuals;
    }

    private static int[] withoutGreen(int[] pixels) {
        var changed = new int[pixels.length];
        for (int k = 0; k < changed.length; k++) {
            int green = pixels[k] >>> 8 & 0xFF;
            changed[k] = Predictor.subtract(pixels[k], green << 16 | green);
        }
        return changed;
    }

    /** Bits that the bytes take if each is coded by itself: Σ n log₂ N/n. */
    private static double entropy(int[] pixels) {
        double bits = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            var counts = new int[256];
            for (int pixel : pixels) {
                counts[pixel >>> shift & 0xFF]++;
            }
            for (int n : counts) {
                bits += n == 0 ? 0 : n * Math.log((double) pixels.length / n);
            }
        }
        return bits / Math.log(2);
    }
}
