package org.kernfield.cpu.internal.linear;

/**
 * A matrix inside a Java array: element (i, j) lies at {@code offset + i·rowStride +
 * j·columnStride}.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
record View<A>(A data, int offset, int rows, int columns, int rowStride, int columnStride) {
    static <A> View<A> rowMajor(A data, int offset, int rows, int columns) {
        return new View<>(data, offset, rows, columns, columns, 1);
    }

    int at(int i, int j) {
        return offset + i * rowStride + j * columnStride;
    }

    View<A> transposed() {
        return new View<>(data, offset, columns, rows, columnStride, rowStride);
    }

    View<A> block(int i, int j, int height, int width) {
        return new View<>(data, at(i, j), height, width, rowStride, columnStride);
    }

    /** The last row first. */
    View<A> upsideDown() {
        int first = rows == 0 ? offset : at(rows - 1, 0);
        return new View<>(data, first, rows, columns, -rowStride, columnStride);
    }

    /** Copies every element to a matrix of the same shape elsewhere. */
    static void copy(View<double[]> from, View<double[]> to) {
        for (int i = 0; i < to.rows; i++) {
            for (int j = 0; j < to.columns; j++) {
                to.data[to.at(i, j)] = from.data[from.at(i, j)];
            }
        }
    }
}
