package org.kernfield.numerics.lapack;

import org.kernfield.backend.Array;

import java.lang.foreign.MemorySegment;

/**
 * A part of a row-major matrix.
 *
 * @param data begins with its first element
 * @param stride elements from one row to the next
 * @param bytes of an element
 */
record Tile(MemorySegment data, int stride, int bytes) {
    static Tile of(Array matrix) {
        return new Tile(matrix.data(), matrix.width(), matrix.type().bytes());
    }

    /** The part from an element on; empty beyond the last one. */
    Tile at(long row, long column) {
        long offset = Math.min((row * stride + column) * bytes, data.byteSize());
        return new Tile(data.asSlice(offset), stride, bytes);
    }
}
