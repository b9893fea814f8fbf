package org.kernfield.backend;

/** The rows that a reduction runs over: n rows of arrays, or the pixels of a raster. */
public sealed interface Queries {
    /** Number of queries. */
    long count();

    /** {@code count} rows, every input bound to a buffer of that many rows. */
    record Rows(long count) implements Queries {}

    /**
     * The pixels of a picture, row by row from the top left; pixel (column u, row v) has the
     * coordinates (u + 0.5, v + 0.5), which are never materialised.
     *
     * @param slot the input of width 2 that receives the coordinates
     * @param width pixels in a row, at least 1
     * @param height rows of pixels, at least 1
     */
    record Raster(String slot, int width, int height) implements Queries {
        public Raster {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException(
                        "raster: " + width + " × " + height + " pixels; use at least 1 × 1");
            }
        }

        @Override
        public long count() {
            return (long) width * height;
        }
    }
}
