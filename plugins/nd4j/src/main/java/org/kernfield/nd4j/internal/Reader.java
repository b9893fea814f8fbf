package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Queries;

/** Where the numbers of a slot come from. */
sealed interface Reader {
    /**
     * One number.
     *
     * @param row of the query, the source or the pair, whatever the slot belongs to
     */
    double get(long row, int component);

    /**
     * Rows of an array.
     *
     * @param width components in a row
     */
    record Rows(Array array, int width) implements Reader {
        @Override
        public double get(long row, int component) {
            return array.get(row * width + component);
        }
    }

    /** The centres of pixels. */
    record Pixels(Queries.Raster raster) implements Reader {
        @Override
        public double get(long row, int component) {
            return (component == 0 ? row % raster.width() : row / raster.width()) + 0.5;
        }
    }

    /** Numbers that a neighbourhood gives its pairs. */
    record Filled(Pair pair) implements Reader {
        @Override
        public double get(long row, int component) {
            return pair.get(row, component);
        }
    }

    /** A number of a pair. */
    @FunctionalInterface
    interface Pair {
        double get(long entry, int component);
    }
}
