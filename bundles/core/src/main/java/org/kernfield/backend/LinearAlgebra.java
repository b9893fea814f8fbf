package org.kernfield.backend;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Dense linear algebra as a service of its own, apart from {@link Backend}. Matrices are row-major
 * {@link Array}s of {@link ElementType#F32} or {@link ElementType#F64} in host memory, one type in
 * a call. Results are written over the arrays named so; nothing else is modified. No array that is
 * written may share memory with another argument. Matrices may have no rows.
 *
 * <p>Every call throws {@link IllegalArgumentException} where shapes or types do not fit (see
 * {@link LinearAlgebraCheck}), {@link OutOfBudgetException} where it needs more memory than is
 * granted, and {@link java.util.concurrent.CancellationException} within 100 ms of a cancellation;
 * what it writes is undefined after the latter two. NaN and infinity in the input give NaN,
 * infinity or a factorisation that reports failure, never an endless loop. The bits of the results
 * do not depend on the number of threads.
 *
 * <p>Source of the operations' names and meaning: BLAS level 3 and LAPACK.
 */
@ConsumerType
public interface LinearAlgebra {
    /** Which side of the unknown a triangular matrix stands on. */
    enum Side {
        LEFT,
        RIGHT
    }

    /** Which triangle of a matrix counts; the other one is not read. */
    enum Triangle {
        LOWER,
        UPPER
    }

    /** Short lower-case name, unique among the implementations. */
    String name();

    /** Preference among implementations; higher is taken first, the float64 reference has −100. */
    int ranking();

    /**
     * The same operations with the caller's threads, memory and cancel token, instead of the
     * calling thread and no limits. It holds nothing between calls and need not be closed.
     */
    LinearAlgebra with(Resources resources);

    /**
     * C ← α·op(A)·op(B) + β·C. β = 0 overwrites, whatever C held.
     *
     * @param c overwritten; m × n
     */
    default void gemm(
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c) {
        gemmBatched(1, alpha, a, transposeA, b, transposeB, beta, c);
    }

    /**
     * {@link #gemm} for matrices lying one below the other, each by itself.
     *
     * @param batch how many; divides the rows of every array
     */
    void gemmBatched(
            int batch,
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c);

    /**
     * C ← α·op(A)·op(A)ᵀ + β·C, both triangles written.
     *
     * @param a n × k, or k × n when {@code transpose}
     * @param c n × n, overwritten; only the lower triangle is read
     */
    void syrk(double alpha, Array a, boolean transpose, double beta, Array c);

    /**
     * B ← op(T)⁻¹·B, or B·op(T)⁻¹ on the right. A zero on the diagonal gives infinities.
     *
     * @param t n × n, triangular; the other triangle is not read
     * @param transpose whether op(T) is Tᵀ
     * @param b n × r, or r × n on the right; overwritten
     */
    default void trsm(Side side, Triangle triangle, boolean transpose, Array t, Array b) {
        trsmBatched(1, side, triangle, transpose, t, b);
    }

    /** {@link #trsm} for matrices lying one below the other, each by itself. */
    void trsmBatched(int batch, Side side, Triangle triangle, boolean transpose, Array t, Array b);

    /**
     * A = L·Lᵀ; the lower triangle of {@code a} is overwritten by L and the strict upper by zeros.
     *
     * @param a n × n, symmetric; only the lower triangle is read
     * @return 0, or k > 0 when the leading minor of order k is not positive and finite; {@code a}
     *     is then undefined
     */
    default int potrf(Array a) {
        return potrfBatched(1, a)[0];
    }

    /**
     * {@link #potrf} for matrices lying one below the other, each by itself.
     *
     * @return what {@link #potrf} returns for each
     */
    int[] potrfBatched(int batch, Array a);

    /**
     * A⁻¹ from what {@link #potrf} left, both triangles written.
     *
     * @param l n × n, lower with zeros above; overwritten by A⁻¹
     */
    default void potri(Array l) {
        LinearAlgebraCheck.square("potri", 1, l);
        Array inverse = Array.zeros(l.type(), l.rows(), l.width());
        for (long i = 0; i < l.rows(); i++) {
            inverse.set(i * l.width() + i, 1);
        }
        trsm(Side.LEFT, Triangle.LOWER, false, l, inverse);
        syrk(1, inverse, true, 0, l);
    }

    /**
     * Pᵀ·A·P ≈ L·Lᵀ with complete pivoting, stopped where the largest remaining diagonal element is
     * at most {@code tolerance}: what is left out is positive semidefinite with no element larger
     * than that, if A is.
     *
     * @param a n × n, symmetric; only the lower triangle is read; overwritten by L, whose columns
     *     from the rank on are zeros
     * @param pivots n, overwritten: row i of L belongs to row {@code pivots[i]} of A
     * @param tolerance absolute; negative for n·ε times the largest diagonal element
     * @return the rank: columns of L that are used
     */
    int pstrf(Array a, int[] pivots, double tolerance);

    /**
     * Pᵀ·A·P = L·D·Lᵀ with D of blocks of 1 and 2, for symmetric matrices that need not be
     * definite; rook pivoting, so that the elements of L are bounded.
     *
     * @param a n × n, symmetric; only the lower triangle is read; overwritten by D on the diagonal
     *     and, inside a block of 2, just below it, by the unit lower triangle L elsewhere below,
     *     zeros above
     * @param pivots n, overwritten: row i of L belongs to row {@code pivots[i]} of A; both of a
     *     block of 2 are given as {@code −1 − row}
     * @return 0, or k > 0 when D is singular or not finite at row k, counted from 1: then {@link
     *     #sytrs} gives infinities
     */
    int sytrf(Array a, int[] pivots);

    /**
     * B ← A⁻¹·B from what {@link #sytrf} left.
     *
     * @param b n × r, overwritten
     */
    void sytrs(Array factor, int[] pivots, Array b);

    /**
     * A = Q·R by Householder's reflections I − τ·v·vᵀ, v with zeros above and 1 on the diagonal.
     *
     * @param a m × n; overwritten by R in the upper triangle and the vectors v below it
     * @param tau k × 1 with k = min(m, n), overwritten
     */
    void geqrf(Array a, Array tau);

    /**
     * {@link #geqrf} with columns exchanged so that the diagonal of R descends in magnitude: A·P =
     * Q·R.
     *
     * @param pivots n, overwritten: column j of R belongs to column {@code pivots[j]} of A
     */
    void geqp3(Array a, Array tau, int[] pivots);

    /**
     * C ← Q·C or Qᵀ·C from what {@link #geqrf} or {@link #geqp3} left.
     *
     * @param factor m × n
     * @param c m × r, overwritten
     */
    void ormqr(boolean transpose, Array factor, Array tau, Array c);

    /**
     * The first columns of Q from what {@link #geqrf} or {@link #geqp3} left.
     *
     * @param q m × c with c ≤ m, overwritten
     */
    default void orgqr(Array factor, Array tau, Array q) {
        for (long k = 0; k < q.elements(); k++) {
            q.set(k, k / q.width() == k % q.width() ? 1 : 0);
        }
        ormqr(false, factor, tau, q);
    }

    /**
     * A = V·diag(w)·Vᵀ.
     *
     * @param a n × n, symmetric; only the lower triangle is read; overwritten by V, an eigenvector
     *     a column
     * @param eigenvalues n × 1, overwritten, ascending
     * @throws ArithmeticException if A is not finite
     */
    void symmetricEigen(Array a, Array eigenvalues);

    /**
     * A = U·diag(s)·Vᵀ, thin: k = min(m, n).
     *
     * @param a m × n
     * @param u m × k, overwritten
     * @param s k × 1, overwritten, descending
     * @param v n × k, overwritten
     * @throws ArithmeticException if A is not finite
     */
    void svd(Array a, Array u, Array s, Array v);

    /**
     * The largest column sum of |A|, the norm that the condition estimates below want.
     *
     * @param symmetric whether only the lower triangle of a symmetric matrix is to be read
     */
    default double norm1(Array a, boolean symmetric) {
        return ConditionEstimate.norm1(a, symmetric);
    }

    /**
     * An estimate of 1 / (‖A‖₁·‖A⁻¹‖₁) from the factor of {@link #potrf}; 0 is singular. It is
     * rarely more than three times too large, never too small but for rounding.
     *
     * @param l n × n, lower
     * @param norm ‖A‖₁ before it was factored, see {@link #norm1}
     */
    default double pocon(Array l, double norm) {
        return ConditionEstimate.reciprocal(
                l,
                norm,
                (x, transposed) -> {
                    trsm(Side.LEFT, Triangle.LOWER, false, l, x);
                    trsm(Side.LEFT, Triangle.LOWER, true, l, x);
                });
    }

    /** As {@link #pocon}, from the factor of {@link #sytrf}. */
    default double sycon(Array factor, int[] pivots, double norm) {
        return ConditionEstimate.reciprocal(
                factor, norm, (x, transposed) -> sytrs(factor, pivots, x));
    }

    /** As {@link #pocon}, of a triangular matrix. */
    default double trcon(Triangle triangle, Array t) {
        return ConditionEstimate.reciprocal(
                t,
                ConditionEstimate.norm1(t, triangle),
                (x, transposed) -> trsm(Side.LEFT, triangle, transposed, t, x));
    }
}
