package org.kernfield.numerics.lapack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.kernfield.backend.Array;
import org.kernfield.backend.Resources;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Factorisations in float64, whatever the arguments are. A row-major matrix is to LAPACK its own
 * transpose, so Q·R is computed as Lᵀ·Qᵀ and most copies need no turning.
 */
final class Factors {
    private final NativeLibrary library;
    private final Lapack lapack;
    private final Resources resources;

    Factors(NativeLibrary library, Lapack lapack, Resources resources) {
        this.library = library;
        this.lapack = lapack;
        this.resources = resources;
    }

    private Frame frame(String call, Array a, double operations) {
        return new Frame(
                "%s %d × %d".formatted(call, a.rows(), a.width()), operations, resources, library);
    }

    private static int order(Array a) {
        return Math.toIntExact(a.rows());
    }

    private static double cube(Array a) {
        return (double) a.rows() * a.width() * Math.min(a.rows(), a.width());
    }

    int pstrf(Array a, int[] pivots, double tolerance) {
        int n = order(a);
        if (n == 0) {
            return 0;
        }
        try (var frame = frame("pstrf", a, cube(a))) {
            MemorySegment factor = frame.copy(a);
            MemorySegment order = frame.ints(n);
            int rank = lapack.pstrf(frame, n, factor, order, tolerance);
            for (int i = 0; i < n; i++) {
                resources.cancel().check();
                pivots[i] = order.getAtIndex(JAVA_INT, i) - 1;
                for (int j = Math.min(i + 1, rank); j < n; j++) {
                    factor.setAtIndex(JAVA_DOUBLE, (long) i * n + j, 0);
                }
            }
            frame.store(factor, a);
            return rank;
        }
    }

    int sytrf(Array a, int[] pivots) {
        int n = order(a);
        int bad = notFinite(a, true);
        if (n == 0 || bad >= 0) {
            Arrays.setAll(pivots, i -> i);
            return bad + 1;
        }
        try (var frame = frame("sytrf", a, cube(a))) {
            MemorySegment factor = frame.transposed(a);
            MemorySegment beside = frame.doubles(n);
            MemorySegment swaps = frame.ints(n);
            lapack.sytrf(frame, n, factor, beside, swaps);
            Rook.permutation(swaps, pivots);
            Rook.join(factor, beside, pivots, resources.cancel());
            frame.storeTransposed(factor, a);
            return Rook.singular(factor, pivots);
        }
    }

    void geqrf(Array a, Array tau) {
        if (a.rows() == 0) {
            return;
        }
        try (var frame = frame("geqrf", a, 2 * cube(a))) {
            MemorySegment factor = frame.copy(a);
            MemorySegment scales = frame.doubles(tau.rows());
            lapack.gelqf(frame, a.width(), order(a), factor, scales);
            frame.store(factor, a);
            frame.store(scales, tau);
        }
    }

    void geqp3(Array a, Array tau, int[] pivots) {
        for (int j = 0; j < pivots.length; j++) {
            pivots[j] = j;
        }
        if (a.rows() == 0) {
            return;
        }
        try (var frame = frame("geqp3", a, 2 * cube(a))) {
            MemorySegment factor = frame.transposed(a);
            MemorySegment scales = frame.doubles(tau.rows());
            MemorySegment order = frame.ints(pivots.length);
            lapack.geqp3(frame, order(a), a.width(), factor, order, scales);
            for (int j = 0; j < pivots.length; j++) {
                pivots[j] = order.getAtIndex(JAVA_INT, j) - 1;
            }
            frame.storeTransposed(factor, a);
            frame.store(scales, tau);
        }
    }

    void ormqr(boolean transpose, Array factor, Array tau, Array c) {
        if (factor.rows() == 0) {
            return;
        }
        double operations = 4.0 * c.elements() * tau.rows();
        try (var frame = frame("ormqr", factor, operations)) {
            MemorySegment reflections = frame.copy(factor);
            MemorySegment scales = frame.copy(tau);
            MemorySegment product = frame.copy(c);
            lapack.ormlq(
                    frame,
                    transpose,
                    c.width(),
                    order(c),
                    order(tau),
                    reflections,
                    factor.width(),
                    scales,
                    product);
            frame.store(product, c);
        }
    }

    void symmetricEigen(Array a, Array eigenvalues) {
        int n = order(a);
        if (n == 0) {
            return;
        }
        requireCountable("symmetricEigen", a, 1 + 6L * n + 2L * n * n);
        requireFinite("symmetricEigen", a, true);
        try (var frame = frame("symmetricEigen", a, 9 * cube(a))) {
            MemorySegment vectors = frame.copy(a);
            MemorySegment values = frame.doubles(n);
            converged("symmetricEigen", a, lapack.syevd(frame, n, vectors, values));
            frame.storeTransposed(vectors, a);
            frame.store(values, eigenvalues);
        }
    }

    void svd(Array a, Array u, Array s, Array v) {
        if (s.rows() == 0) {
            return;
        }
        long k = s.rows();
        requireCountable("svd", a, 4 * k * k + 7 * k);
        requireFinite("svd", a, false);
        try (var frame = frame("svd", a, 10 * cube(a))) {
            MemorySegment matrix = frame.copy(a);
            MemorySegment values = frame.doubles(s.rows());
            MemorySegment right = frame.doubles(v.elements());
            MemorySegment left = frame.doubles(u.elements());
            converged(
                    "svd",
                    a,
                    lapack.gesdd(frame, a.width(), order(a), matrix, values, right, left));
            frame.store(left, u);
            frame.storeTransposed(right, v);
            frame.store(values, s);
        }
    }

    private static void converged(String call, Array a, int info) {
        if (info != 0) {
            throw new ArithmeticException(
                    "%s: %d × %d did not converge (LAPACK says %d); look at how its rows are scaled"
                            .formatted(call, a.rows(), a.width(), info));
        }
    }

    /**
     * LAPACK counts the numbers of its workspace in 32 bits, and computes beyond it if they wrap.
     */
    private static void requireCountable(String call, Array a, long workspace) {
        if (workspace > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    ("%s: %d × %d needs a workspace of %d numbers and LAPACK counts up to %d;"
                                    + " use a smaller matrix")
                            .formatted(call, a.rows(), a.width(), workspace, Integer.MAX_VALUE));
        }
    }

    private void requireFinite(String call, Array a, boolean isLower) {
        int row = notFinite(a, isLower);
        if (row >= 0) {
            throw new ArithmeticException(
                    "%s: NaN or infinity in row %d; remove it first".formatted(call, row));
        }
    }

    /** The first row with a number that is not finite, or −1. */
    private int notFinite(Array a, boolean isLower) {
        for (int i = 0; i < a.rows(); i++) {
            resources.cancel().check();
            for (int j = 0; j < (isLower ? i + 1 : a.width()); j++) {
                if (!Double.isFinite(a.get((long) i * a.width() + j))) {
                    return i;
                }
            }
        }
        return -1;
    }
}
