package org.kernfield.numerics.lapack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import org.kernfield.backend.Array;
import org.kernfield.backend.Resources;

import java.lang.foreign.MemorySegment;

/** B ← A⁻¹·B from Pᵀ·A·P = L·D·Lᵀ, in float64. */
final class RookSolve {
    private static final Blas.Triangular FORTH = new Blas.Triangular(true, true, false, true);
    private static final Blas.Triangular BACK = new Blas.Triangular(true, true, true, true);

    private final NativeLibrary library;
    private final Level3 level3;
    private final Resources resources;

    /**
     * @param level3 in float64
     */
    RookSolve(NativeLibrary library, Level3 level3, Resources resources) {
        this.library = library;
        this.level3 = level3;
        this.resources = resources;
    }

    void solve(Array factor, int[] pivots, Array b) {
        int n = pivots.length;
        int columns = b.width();
        if (n == 0) {
            return;
        }
        String call = "sytrs %d × %d".formatted(n, columns);
        try (var frame = Frame.ofThreads(call, resources, library)) {
            MemorySegment lower = frame.copy(factor);
            for (int k = 0; k < n - 1; k++) {
                if (Rook.begins(pivots, k)) {
                    lower.setAtIndex(JAVA_DOUBLE, (long) (k + 1) * n + k, 0);
                }
            }
            MemorySegment x = frame.doubles(b.elements());
            for (int i = 0; i < n; i++) {
                resources.cancel().check();
                for (int c = 0; c < columns; c++) {
                    double value = b.get((long) row(pivots, i) * columns + c);
                    x.setAtIndex(JAVA_DOUBLE, (long) i * columns + c, value);
                }
            }
            var t = new Tile(lower, n, Double.BYTES);
            var y = new Tile(x, columns, Double.BYTES);
            level3.solve(FORTH, n, columns, t, y);
            Rook.divide(factor, pivots, x, columns, resources.cancel());
            level3.solve(BACK, n, columns, t, y);
            for (int i = 0; i < n; i++) {
                resources.cancel().check();
                for (int c = 0; c < columns; c++) {
                    double value = x.getAtIndex(JAVA_DOUBLE, (long) i * columns + c);
                    b.set((long) row(pivots, i) * columns + c, value);
                }
            }
        }
    }

    private static int row(int[] pivots, int i) {
        return pivots[i] < 0 ? -1 - pivots[i] : pivots[i];
    }
}
