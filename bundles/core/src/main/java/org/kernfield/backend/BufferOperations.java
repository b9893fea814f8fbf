package org.kernfield.backend;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Operations on whole buffers that are no reductions of a kernel. Results are the same bits on any
 * number of threads. Buffers hold F32 or F64 unless said otherwise, one type in a call; a buffer
 * that is written is none of those that are read.
 *
 * @see NeighbourLists for gathering and scattering, which are sums over lists
 */
@ConsumerType
public interface BufferOperations {
    /**
     * C ← α·op(A)·op(B) + β·C.
     *
     * @param c m × n, overwritten; not read if {@code beta} is 0
     * @throws IllegalArgumentException if the shapes do not fit
     */
    void gemm(
            double alpha,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            double beta,
            Buffer c);

    /**
     * The rows in ascending order of their keys, equal keys in their own order; −0 before 0, NaN
     * last.
     *
     * @param keys n × 1
     * @param order n × 1 of I32, overwritten by row numbers
     */
    void argsort(Buffer keys, Buffer order);

    /**
     * Sums of the rows before each, column by column: out_i = Σ_{k &lt; i} in_k.
     *
     * @param sums as {@code values}, overwritten
     */
    void exclusiveScan(Buffer values, Buffer sums);

    /**
     * The rows whose flag is not zero, ascending.
     *
     * @param flags n × 1
     * @param rows n × 1 of I32; the first ones are overwritten, what follows is undefined
     * @return how many there are
     */
    long compact(Buffer flags, Buffer rows);

    /**
     * Discrete Fourier transform of each row, X_k = Σ_t x_t · exp(−2πi·k·t/n), of any length n ≥ 1.
     *
     * @param signal rows × n
     * @param spectrum rows × 2·(⌊n/2⌋ + 1), real and imaginary parts in turn, overwritten
     */
    void realFft(Buffer signal, Buffer spectrum);

    /**
     * The inverse of {@link #realFft}, divided by n.
     *
     * @param spectrum rows × 2·(⌊n/2⌋ + 1)
     * @param signal rows × n, overwritten
     */
    void inverseRealFft(Buffer spectrum, Buffer signal);
}
