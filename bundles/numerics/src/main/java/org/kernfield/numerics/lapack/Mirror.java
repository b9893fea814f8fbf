package org.kernfield.numerics.lapack;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Copies and clears triangles of row-major matrices. */
final class Mirror {
    private static final int SIDE = 64;
    private static final ValueLayout.OfInt I32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Mirror() {}

    /** Makes the upper triangle the lower one's mirror image. */
    static void lower(Array c, Tiles tiles) {
        int n = c.width();
        boolean isSingle = c.type() == ElementType.F32;
        tiles.cut(
                n,
                n,
                SIDE,
                true,
                1,
                (i, rows, j, columns) -> {
                    for (int r = i; r < i + rows; r++) {
                        int end = Math.min(r, j + columns);
                        if (isSingle) {
                            singles(c.data(), n, r, j, end);
                        } else {
                            doubles(c.data(), n, r, j, end);
                        }
                    }
                });
    }

    private static void singles(MemorySegment data, long n, int row, int from, int to) {
        for (int column = from; column < to; column++) {
            data.setAtIndex(I32, column * n + row, data.getAtIndex(I32, row * n + column));
        }
    }

    private static void doubles(MemorySegment data, long n, int row, int from, int to) {
        for (int column = from; column < to; column++) {
            data.setAtIndex(I64, column * n + row, data.getAtIndex(I64, row * n + column));
        }
    }

    /** Zeros above the diagonals of square matrices that lie one below the other. */
    static void clearAbove(Array a, int batch) {
        int n = Math.toIntExact(a.rows() / batch);
        int bytes = a.type().bytes();
        for (long row = 0; row < a.rows(); row++) {
            long after = row % n + 1;
            a.data().asSlice((row * n + after) * bytes, (n - after) * bytes).fill((byte) 0);
        }
    }
}
