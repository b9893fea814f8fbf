package org.kernfield.backend;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Dense linear algebra as a service of its own, apart from {@link Backend}. Matrices are row-major
 * {@link Array}s of {@link ElementType#F32} or {@link ElementType#F64} in host memory, one type in
 * a call. Results are written over the arrays named so.
 *
 * <p>Source of the operations' names and meaning: BLAS level 3 and LAPACK.
 */
@ConsumerType
public interface LinearAlgebra {
    /** Short lower-case name, unique among the implementations. */
    String name();

    /**
     * C ← α·op(A)·op(B) + β·C.
     *
     * @param c overwritten; m × n
     */
    void gemm(
            double alpha,
            Array a,
            boolean transposeA,
            Array b,
            boolean transposeB,
            double beta,
            Array c);

    /**
     * C ← α·A·Aᵀ + β·C, both triangles written.
     *
     * @param a n × k
     * @param c n × n, overwritten
     */
    void syrk(double alpha, Array a, double beta, Array c);

    /**
     * A = L·Lᵀ; the lower triangle of {@code a} is overwritten by L and the strict upper by zeros.
     *
     * @param a n × n, symmetric; only the lower triangle is read
     * @return 0, or k > 0 when the leading minor of order k is not positive; {@code a} is then
     *     undefined
     */
    int potrf(Array a);

    /**
     * B ← L⁻¹·B, or L⁻ᵀ·B when {@code transpose}.
     *
     * @param l n × n, lower triangular
     * @param b n × r, overwritten
     */
    void trsm(Array l, boolean transpose, Array b);

    /**
     * A = V·diag(w)·Vᵀ.
     *
     * @param a n × n, symmetric; overwritten by V, an eigenvector a column
     * @param eigenvalues n × 1, overwritten, ascending
     */
    void symmetricEigen(Array a, Array eigenvalues);

    /**
     * A = U·diag(s)·Vᵀ, thin: k = min(m, n).
     *
     * @param a m × n
     * @param u m × k, overwritten
     * @param s k × 1, overwritten, descending
     * @param v n × k, overwritten
     */
    void svd(Array a, Array u, Array s, Array v);
}
