package org.kernfield.io.internal.webp;

import org.kernfield.io.internal.PrefixLengths;

import java.util.Arrays;

/** Writes pixels: repetitions where there are any, and one group of prefix codes. */
final class PixelWriter {
    private static final int HASH_BITS = 16;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 4096;
    private static final int LONGEST_DISTANCE = (1 << 20) - Symbols.NEAR_DISTANCES;
    private static final int LITERAL = 0;

    private final int[] pixels;
    private final int width;

    /** Length and distance of a repetition one after the other; {@link #LITERAL} for a pixel. */
    private int[] tokens = new int[1 << 10];

    private int size;

    private PixelWriter(int[] pixels, int width) {
        this.pixels = pixels;
        this.width = width;
    }

    /**
     * @param hasGroups whether several groups of codes could follow
     */
    static void write(int[] pixels, int width, boolean hasGroups, BitWriter out) {
        var writer = new PixelWriter(pixels, width);
        writer.find();
        out.add(0, 1);
        if (hasGroups) {
            out.add(0, 1);
        }
        writer.write(out);
    }

    /** Looks for earlier pixels by one look into a table of hashes of two. */
    private void find() {
        var last = new int[1 << HASH_BITS];
        Arrays.fill(last, -1);
        for (int at = 0; at < pixels.length; ) {
            int length = 0;
            int back = 0;
            if (at + SHORTEST <= pixels.length) {
                int slot = hash(at);
                int candidate = last[slot];
                last[slot] = at;
                if (at > 0 && common(at - 1, at) >= SHORTEST) {
                    candidate = at - 1;
                }
                if (candidate >= 0 && at - candidate <= LONGEST_DISTANCE) {
                    length = common(candidate, at);
                    back = at - candidate;
                }
            }
            if (length >= SHORTEST) {
                add(length);
                add(back);
                at += length;
            } else {
                add(LITERAL);
                at++;
            }
        }
    }

    private int hash(int at) {
        long two = (long) pixels[at] << 32 | pixels[at + 1] & 0xFFFFFFFFL;
        return (int) (two * 0x9E3779B185EBCA87L >>> Long.SIZE - HASH_BITS);
    }

    private int common(int from, int at) {
        int most = Math.min(LONGEST, pixels.length - at);
        int mismatch = Arrays.mismatch(pixels, from, from + most, pixels, at, at + most);
        return mismatch < 0 ? most : mismatch;
    }

    private void add(int value) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = value;
    }

    private void write(BitWriter out) {
        int[][] counts = {
            new int[256 + Symbols.LENGTHS],
            new int[256],
            new int[256],
            new int[256],
            new int[Symbols.DISTANCES]
        };
        for (int k = 0, at = 0; k < size; k++) {
            if (tokens[k] == LITERAL) {
                int pixel = pixels[at++];
                counts[0][pixel >>> 8 & 0xFF]++;
                counts[1][pixel >>> 16 & 0xFF]++;
                counts[2][pixel & 0xFF]++;
                counts[3][pixel >>> 24]++;
            } else {
                counts[0][256 + code(tokens[k])]++;
                at += tokens[k];
                counts[4][code(distance(tokens[++k]))]++;
            }
        }
        var codes = new PrefixCodeWriter[Symbols.CODES];
        for (int k = 0; k < codes.length; k++) {
            codes[k] = new PrefixCodeWriter(PrefixLengths.of(counts[k], Symbols.LONGEST_CODE));
            codes[k].describe(out);
        }
        for (int k = 0, at = 0; k < size; k++) {
            if (tokens[k] == LITERAL) {
                int pixel = pixels[at++];
                codes[0].write(pixel >>> 8 & 0xFF, out);
                codes[1].write(pixel >>> 16 & 0xFF, out);
                codes[2].write(pixel & 0xFF, out);
                codes[3].write(pixel >>> 24, out);
            } else {
                prefixed(tokens[k], codes[0], 256, out);
                at += tokens[k];
                prefixed(distance(tokens[++k]), codes[4], 0, out);
            }
        }
    }

    /** The number of a distance; the pixel before and the one above have short ones. */
    private int distance(int back) {
        return back == 1 ? 2 : back == width ? 1 : back + Symbols.NEAR_DISTANCES;
    }

    private static int code(int value) {
        if (value <= 4) {
            return value - 1;
        }
        int high = 31 - Integer.numberOfLeadingZeros(value - 1);
        return 2 * high + (value - 1 >>> high - 1 & 1);
    }

    private static void prefixed(int value, PrefixCodeWriter writer, int first, BitWriter out) {
        int code = code(value);
        writer.write(first + code, out);
        if (code >= 4) {
            int extra = code - 2 >> 1;
            out.add(value - 1, extra);
        }
    }
}
