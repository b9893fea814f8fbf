package org.kernfield.numerics.lapack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The routines of one element type that are called for tiles: short calls, in which arrays on the
 * Java heap are passed as they are.
 *
 * <p>Source: the reference BLAS (cblas) and LAPACK.
 */
final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;
    private static final int UPPER = 121;
    private static final int LOWER = 122;
    private static final int ANY_DIAGONAL = 131;
    private static final int UNIT_DIAGONAL = 132;
    private static final int LEFT = 141;
    private static final int RIGHT = 142;
    private static final Linker.Option HEAP = Linker.Option.critical(true);

    private final boolean isSingle;
    private final MethodHandle gemm;
    private final MethodHandle trsm;
    private final MethodHandle potrf;

    private Blas(NativeLibrary library, boolean isSingle) {
        this.isSingle = isSingle;
        String prefix = isSingle ? "s" : "d";
        ValueLayout real = isSingle ? JAVA_FLOAT : JAVA_DOUBLE;
        gemm =
                library.handle(
                        "cblas_" + prefix + "gemm",
                        FunctionDescriptor.ofVoid(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, real,
                                ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, real, ADDRESS, JAVA_INT),
                        HEAP);
        trsm =
                library.handle(
                        "cblas_" + prefix + "trsm",
                        FunctionDescriptor.ofVoid(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                                JAVA_INT, real, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT),
                        HEAP);
        potrf =
                library.handle(
                        prefix + "potrf_",
                        FunctionDescriptor.ofVoid(
                                ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG),
                        HEAP);
    }

    static Blas single(NativeLibrary library) {
        return new Blas(library, true);
    }

    static Blas wide(NativeLibrary library) {
        return new Blas(library, false);
    }

    /** C ← α·op(A)·op(B) + β·C; op(A) is m × k, rows of C lie {@code c.stride()} apart. */
    void gemm(
            int m,
            int n,
            int k,
            double alpha,
            Tile a,
            boolean transposeA,
            Tile b,
            boolean transposeB,
            double beta,
            Tile c) {
        int left = transposeA ? TRANSPOSED : PLAIN;
        int right = transposeB ? TRANSPOSED : PLAIN;
        try {
            if (isSingle) {
                gemm.invokeExact(
                        ROW_MAJOR,
                        left,
                        right,
                        m,
                        n,
                        k,
                        (float) alpha,
                        a.data(),
                        a.stride(),
                        b.data(),
                        b.stride(),
                        (float) beta,
                        c.data(),
                        c.stride());
            } else {
                gemm.invokeExact(
                        ROW_MAJOR,
                        left,
                        right,
                        m,
                        n,
                        k,
                        alpha,
                        a.data(),
                        a.stride(),
                        b.data(),
                        b.stride(),
                        beta,
                        c.data(),
                        c.stride());
            }
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    /** What {@link #trsm} is told of the triangular matrix. */
    record Triangular(boolean isLeft, boolean isLower, boolean isTransposed, boolean isUnit) {}

    /** B ← op(T)⁻¹·B, or B·op(T)⁻¹; B is m × n. */
    void trsm(Triangular kind, int m, int n, Tile t, Tile b) {
        int side = kind.isLeft() ? LEFT : RIGHT;
        int triangle = kind.isLower() ? LOWER : UPPER;
        int transposition = kind.isTransposed() ? TRANSPOSED : PLAIN;
        int diagonal = kind.isUnit() ? UNIT_DIAGONAL : ANY_DIAGONAL;
        try {
            if (isSingle) {
                trsm.invokeExact(
                        ROW_MAJOR,
                        side,
                        triangle,
                        transposition,
                        diagonal,
                        m,
                        n,
                        1f,
                        t.data(),
                        t.stride(),
                        b.data(),
                        b.stride());
            } else {
                trsm.invokeExact(
                        ROW_MAJOR,
                        side,
                        triangle,
                        transposition,
                        diagonal,
                        m,
                        n,
                        1.0,
                        t.data(),
                        t.stride(),
                        b.data(),
                        b.stride());
            }
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    /**
     * A = L·Lᵀ over the lower triangle of rows. To LAPACK, which counts by columns, that is the
     * upper one.
     *
     * @return 0, or the order of the leading minor that is not positive
     */
    int potrf(int n, Tile a) {
        int[] info = {0};
        try {
            potrf.invokeExact(
                    MemorySegment.ofArray(new byte[] {'U'}),
                    MemorySegment.ofArray(new int[] {n}),
                    a.data(),
                    MemorySegment.ofArray(new int[] {a.stride()}),
                    MemorySegment.ofArray(info),
                    1L);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
        return info[0];
    }
}
