package org.kernfield.rbf;

import org.kernfield.backend.Array;
import org.kernfield.numerics.RadixSort;

/**
 * A set of Gaussians in host memory.
 *
 * @param centres n × 2, pixels of the source
 * @param shapes n × 3: a, b, c of {@link Gaussian}; a and c are logarithms of 1/pixels
 * @param colours n × channels, in the picture's encoding
 * @param channels colour components
 */
record Kernels(float[] centres, float[] shapes, float[] colours, int channels) {
    /** Kernels without content. */
    static Kernels ofSize(int count, int channels) {
        return new Kernels(
                new float[2 * count], new float[3 * count], new float[channels * count], channels);
    }

    int count() {
        return centres.length / 2;
    }

    Array centreArray() {
        return Array.of(2, centres);
    }

    Array shapeArray() {
        return Array.of(3, shapes);
    }

    Array colourArray() {
        return Array.of(channels, colours);
    }

    /** The kernels {@code order[0]}, {@code order[1]}, …, copied. */
    Kernels permuted(int[] order) {
        return new Kernels(
                rows(centres, 2, order),
                rows(shapes, 3, order),
                rows(colours, channels, order),
                channels);
    }

    /**
     * The order in which neighbours in the picture are neighbours in memory; see {@link Blocks}.
     */
    int[] spatialOrder(Blocks blocks) {
        var keys = new long[count()];
        for (int j = 0; j < keys.length; j++) {
            keys[j] = blocks.key(centres[2 * j], centres[2 * j + 1]);
        }
        return RadixSort.orderUnsigned(keys);
    }

    /** Rows {@code order[0]}, {@code order[1]}, … of a row-major array; −1 gives a row of zeros. */
    static float[] rows(float[] from, int width, int[] order) {
        var to = new float[order.length * width];
        for (int k = 0; k < order.length; k++) {
            if (order[k] >= 0) {
                System.arraycopy(from, order[k] * width, to, k * width, width);
            }
        }
        return to;
    }
}
