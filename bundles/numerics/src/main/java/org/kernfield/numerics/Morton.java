package org.kernfield.numerics;

/** Morton codes: the bits of coordinates interleaved, so that sorting by code sorts by place. */
public final class Morton {
    private static final int BITS_3D = 21;

    private Morton() {}

    /** Code of a cell of a plane; the bits of {@code x} are the even ones. */
    public static long code(int x, int y) {
        return spread2(x) | spread2(y) << 1;
    }

    /**
     * Code of a cell of space; the bits of {@code x} are the lowest of each three.
     *
     * @param x 0 to 2²¹ − 1, likewise the others; higher bits are ignored
     */
    public static long code(int x, int y, int z) {
        return spread3(x) | spread3(y) << 1 | spread3(z) << 2;
    }

    /** Coordinate {@code axis} (0 or 1) of a cell of a plane. */
    public static int decode2(long code, int axis) {
        long v = code >>> axis & 0x5555555555555555L;
        v = (v | v >>> 1) & 0x3333333333333333L;
        v = (v | v >>> 2) & 0x0F0F0F0F0F0F0F0FL;
        v = (v | v >>> 4) & 0x00FF00FF00FF00FFL;
        v = (v | v >>> 8) & 0x0000FFFF0000FFFFL;
        return (int) (v | v >>> 16);
    }

    /** Coordinate {@code axis} (0 to 2) of a cell of space. */
    public static int decode3(long code, int axis) {
        long v = code >>> axis & 0x1249249249249249L;
        v = (v | v >>> 2) & 0x10C30C30C30C30C3L;
        v = (v | v >>> 4) & 0x100F00F00F00F00FL;
        v = (v | v >>> 8) & 0x001F0000FF0000FFL;
        v = (v | v >>> 16) & 0x001F00000000FFFFL;
        return (int) ((v | v >>> 32) & 0x1FFFFF);
    }

    /**
     * Codes of points in their bounding box, cut into 2²¹ cells along its longest side.
     *
     * @param points n × dimension, row-major, finite
     * @param dimension 2 or 3
     * @return n codes
     * @throws IllegalArgumentException for another dimension
     */
    public static long[] codes(float[] points, int dimension) {
        if (dimension != 2 && dimension != 3) {
            throw new IllegalArgumentException(
                    "Morton codes in " + dimension + " dimensions: not defined; use 2 or 3");
        }
        var low = new double[dimension];
        java.util.Arrays.fill(low, Double.POSITIVE_INFINITY);
        double extent = 0;
        for (int k = 0; k < points.length; k++) {
            low[k % dimension] = Math.min(low[k % dimension], points[k]);
        }
        for (int k = 0; k < points.length; k++) {
            extent = Math.max(extent, points[k] - low[k % dimension]);
        }
        int cells = 1 << BITS_3D;
        double scale = extent > 0 ? (cells - 1) / extent : 0;
        var codes = new long[points.length / dimension];
        for (int i = 0; i < codes.length; i++) {
            int x = (int) ((points[i * dimension] - low[0]) * scale);
            int y = (int) ((points[i * dimension + 1] - low[1]) * scale);
            codes[i] =
                    dimension == 2
                            ? code(x, y)
                            : code(x, y, (int) ((points[i * dimension + 2] - low[2]) * scale));
        }
        return codes;
    }

    private static long spread2(int value) {
        long v = value & 0xFFFFFFFFL;
        v = (v | v << 16) & 0x0000FFFF0000FFFFL;
        v = (v | v << 8) & 0x00FF00FF00FF00FFL;
        v = (v | v << 4) & 0x0F0F0F0F0F0F0F0FL;
        v = (v | v << 2) & 0x3333333333333333L;
        return (v | v << 1) & 0x5555555555555555L;
    }

    private static long spread3(int value) {
        long v = value & 0x1FFFFFL;
        v = (v | v << 32) & 0x001F00000000FFFFL;
        v = (v | v << 16) & 0x001F0000FF0000FFL;
        v = (v | v << 8) & 0x100F00F00F00F00FL;
        v = (v | v << 4) & 0x10C30C30C30C30C3L;
        return (v | v << 2) & 0x1249249249249249L;
    }
}
