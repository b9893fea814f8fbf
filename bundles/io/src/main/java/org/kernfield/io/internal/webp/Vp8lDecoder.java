package org.kernfield.io.internal.webp;

import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes the lossless pictures of WebP.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9649#section-3">RFC 9649, section 3</a>
 */
final class Vp8lDecoder {
    /** Bytes of the array that holds the codes of a group. */
    private static final int GROUP_BYTES = 1 << 6;

    private final BitSource in;
    private final String file;
    private final Limits limits;

    /**
     * @param file as given, for messages
     */
    Vp8lDecoder(byte[] bytes, int start, int end, String file, Limits limits) {
        this.in = new BitSource(bytes, start, end);
        this.file = file;
        this.limits = limits;
    }

    /** How pixels were changed before they were coded, undone in reverse order. */
    private sealed interface Transform {
        /**
         * @param bits logarithm of the side of a block
         * @param modes a pixel a block, the mode in green
         */
        record Predict(int bits, int[] modes) implements Transform {}

        /**
         * @param bits logarithm of the side of a block
         * @param factors a pixel a block, three factors in its bytes
         */
        record CrossColour(int bits, int[] factors) implements Transform {}

        record SubtractGreen() implements Transform {}

        /**
         * @param colours that the indices in green mean
         * @param bits logarithm of the indices in a pixel
         * @param width pixels in a row when taken apart
         */
        record Palette(int[] colours, int bits, int width) implements Transform {}
    }

    /**
     * The picture.
     *
     * @throws IllegalArgumentException for broken content
     * @throws FormatException beyond the limits
     */
    Argb decode() throws FormatException {
        if (in.read(8) != Symbols.SIGNATURE) {
            throw new IllegalArgumentException("it does not begin like a lossless picture");
        }
        int width = in.read(14) + 1;
        int height = in.read(14) + 1;
        in.skip(1);
        if (in.read(3) != 0) {
            throw new IllegalArgumentException("a newer version of lossless pictures");
        }
        limits.check(file, 3L * Integer.BYTES * width * height);
        List<Transform> transforms = new ArrayList<>();
        int coded = width;
        while (in.flag()) {
            Transform transform = transform(coded, height, transforms);
            coded =
                    transform instanceof Transform.Palette p
                            ? Symbols.blocks(coded, p.bits)
                            : coded;
            transforms.add(transform);
        }
        int[] pixels = pixels(coded, height, true);
        for (Transform transform : transforms.reversed()) {
            pixels = undo(transform, pixels, coded, height);
            coded = transform instanceof Transform.Palette p ? p.width : coded;
        }
        return new Argb(width, height, pixels);
    }

    private Transform transform(int width, int height, List<Transform> before)
            throws FormatException {
        int kind = in.read(2);
        Transform transform =
                switch (kind) {
                    case Symbols.PREDICT -> {
                        int bits = in.read(3) + 2;
                        yield new Transform.Predict(bits, blocks(width, height, bits));
                    }
                    case Symbols.CROSS_COLOUR -> {
                        int bits = in.read(3) + 2;
                        yield new Transform.CrossColour(bits, blocks(width, height, bits));
                    }
                    case Symbols.SUBTRACT_GREEN -> new Transform.SubtractGreen();
                    default -> palette(width);
                };
        if (before.stream().anyMatch(t -> t.getClass() == transform.getClass())) {
            throw new IllegalArgumentException("the same transform twice");
        }
        return transform;
    }

    private int[] blocks(int width, int height, int bits) throws FormatException {
        return pixels(Symbols.blocks(width, bits), Symbols.blocks(height, bits), false);
    }

    private Transform palette(int width) throws FormatException {
        int size = in.read(8) + 1;
        int[] colours = pixels(size, 1, false);
        for (int k = 1; k < size; k++) {
            colours[k] = Predictor.add(colours[k], colours[k - 1]);
        }
        int bits = size > 16 ? 0 : size > 4 ? 1 : size > 2 ? 2 : 3;
        // indices beyond the palette are transparent black
        return new Transform.Palette(Arrays.copyOf(colours, 256), bits, width);
    }

    private int[] pixels(int width, int height, boolean hasGroups) throws FormatException {
        int cacheBits = 0;
        if (in.flag()) {
            cacheBits = in.read(4);
            if (cacheBits < 1 || cacheBits > 11) {
                throw new IllegalArgumentException("a colour cache of 2^" + cacheBits);
            }
        }
        int groupBits = 0;
        int[] groupOf = null;
        int groups = 1;
        if (hasGroups && in.flag()) {
            groupBits = in.read(3) + 2;
            groupOf = blocks(width, height, groupBits);
            for (int k = 0; k < groupOf.length; k++) {
                groupOf[k] = groupOf[k] >>> 8 & 0xFFFF;
                groups = Math.max(groups, groupOf[k] + 1);
            }
        }
        long taken = 4L * Integer.BYTES * width * height + (long) groups * GROUP_BYTES;
        limits.check(file, taken);
        var codes = new PrefixCode[groups][];
        for (int k = 0; k < groups; k++) {
            codes[k] = group(cacheBits);
            for (PrefixCode code : codes[k]) {
                taken += code.bytes();
            }
            limits.check(file, taken);
        }
        var pixels = new int[width * height];
        fill(pixels, width, codes, groupOf, groupBits, cacheBits);
        return pixels;
    }

    private PrefixCode[] group(int cacheBits) {
        int cached = cacheBits == 0 ? 0 : 1 << cacheBits;
        return new PrefixCode[] {
            PrefixCode.describedBy(in, 256 + Symbols.LENGTHS + cached),
            PrefixCode.describedBy(in, 256),
            PrefixCode.describedBy(in, 256),
            PrefixCode.describedBy(in, 256),
            PrefixCode.describedBy(in, Symbols.DISTANCES)
        };
    }

    private void fill(
            int[] pixels,
            int width,
            PrefixCode[][] codes,
            int[] groupOf,
            int groupBits,
            int cacheBits) {
        var cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
        int groupsInRow = Symbols.blocks(width, groupBits);
        PrefixCode[] group = codes[0];
        int mask = groupOf == null ? -1 : (1 << groupBits) - 1;
        int cachedUpTo = 0;
        for (int at = 0, x = 0, y = 0; at < pixels.length; ) {
            if (groupOf != null && (x & mask) == 0) {
                group = codes[groupOf[(y >>> groupBits) * groupsInRow + (x >>> groupBits)]];
            }
            int green = group[0].read(in);
            int step = 1;
            if (green < 256) {
                int red = group[1].read(in);
                int blue = group[2].read(in);
                int alpha = group[3].read(in);
                pixels[at] = alpha << 24 | red << 16 | green << 8 | blue;
            } else if (green < 256 + Symbols.LENGTHS) {
                step = prefixed(green - 256);
                int back = Symbols.distance(prefixed(group[4].read(in)), width);
                if (back > at || step > pixels.length - at) {
                    throw new IllegalArgumentException("a repetition of what was never there");
                }
                for (int k = at; k < at + step; k++) {
                    pixels[k] = pixels[k - back];
                }
            } else {
                for (; cachedUpTo < at; cachedUpTo++) {
                    cache[Symbols.cached(pixels[cachedUpTo], cacheBits)] = pixels[cachedUpTo];
                }
                pixels[at] = cache[green - 256 - Symbols.LENGTHS];
            }
            at += step;
            x += step;
            while (x >= width) {
                x -= width;
                y++;
            }
            if (step > 1 && groupOf != null && at < pixels.length) {
                group = codes[groupOf[(y >>> groupBits) * groupsInRow + (x >>> groupBits)]];
            }
        }
    }

    /** A number of a code and the bits after it. */
    private int prefixed(int code) {
        if (code < 4) {
            return code + 1;
        }
        int extra = code - 2 >> 1;
        return (2 + (code & 1) << extra) + in.read(extra) + 1;
    }

    private static int[] undo(Transform transform, int[] pixels, int width, int height) {
        switch (transform) {
            case Transform.Predict p -> {
                int blocks = Symbols.blocks(width, p.bits);
                for (int y = 0, at = 0; y < height; y++) {
                    for (int x = 0; x < width; x++, at++) {
                        int mode = p.modes[(y >>> p.bits) * blocks + (x >>> p.bits)] >>> 8 & 15;
                        int expected = Predictor.predict(mode, pixels, at, x, y, width);
                        pixels[at] = Predictor.add(pixels[at], expected);
                    }
                }
            }
            case Transform.CrossColour c -> {
                int blocks = Symbols.blocks(width, c.bits);
                for (int y = 0, at = 0; y < height; y++) {
                    for (int x = 0; x < width; x++, at++) {
                        int factors = c.factors[(y >>> c.bits) * blocks + (x >>> c.bits)];
                        pixels[at] = uncrossed(pixels[at], factors);
                    }
                }
            }
            case Transform.SubtractGreen s -> {
                for (int k = 0; k < pixels.length; k++) {
                    int green = pixels[k] >>> 8 & 0xFF;
                    pixels[k] = Predictor.add(pixels[k], green << 16 | green);
                }
            }
            case Transform.Palette p -> {
                return coloured(p, pixels, width, height);
            }
        }
        return pixels;
    }

    private static int uncrossed(int pixel, int factors) {
        int green = pixel >>> 8;
        int red = (pixel >>> 16) + share(factors, green) & 0xFF;
        int blue = pixel + share(factors >>> 8, green) + share(factors >>> 16, red) & 0xFF;
        return pixel & 0xFF00FF00 | red << 16 | blue;
    }

    /** Product of two signed bytes, the factor in steps of 1/32. */
    private static int share(int factor, int value) {
        return (byte) factor * (byte) value >> 5;
    }

    private static int[] coloured(
            Transform.Palette palette, int[] packed, int rowPixels, int height) {
        var pixels = new int[palette.width * height];
        int perPixel = 1 << palette.bits;
        int bits = 8 >>> palette.bits;
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < palette.width; x++, at++) {
                int indices = packed[y * rowPixels + (x >>> palette.bits)] >>> 8 & 0xFF;
                int index = indices >>> bits * (x & perPixel - 1) & (1 << bits) - 1;
                pixels[at] = palette.colours[index];
            }
        }
        return pixels;
    }
}
