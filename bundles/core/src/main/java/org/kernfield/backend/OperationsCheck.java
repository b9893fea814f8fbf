package org.kernfield.backend;

/** Says in words what does not fit between the buffers of an operation. */
public final class OperationsCheck {
    private OperationsCheck() {}

    /**
     * Checks the shapes of {@link BufferOperations#gemm}.
     *
     * @throws IllegalArgumentException naming the operand, what it is and what it should be
     */
    public static void gemm(Buffer a, boolean transposeA, Buffer b, boolean transposeB, Buffer c) {
        long m = transposeA ? a.width() : a.rows();
        long k = transposeA ? a.rows() : a.width();
        long n = transposeB ? b.rows() : b.width();
        floats("gemm", a);
        shape("gemm, op(B)", b, a.type(), transposeB ? n : k, transposeB ? k : n);
        shape("gemm, C", c, a.type(), m, n);
        apart("gemm", c, a);
        apart("gemm", c, b);
    }

    /** Checks the shapes of {@link BufferOperations#argsort}. */
    public static void argsort(Buffer keys, Buffer order) {
        floats("argsort", keys);
        shape("argsort, keys", keys, keys.type(), keys.rows(), 1);
        shape("argsort, order", order, ElementType.I32, keys.rows(), 1);
    }

    /** Checks the shapes of {@link BufferOperations#exclusiveScan}. */
    public static void exclusiveScan(Buffer values, Buffer sums) {
        floats("scan", values);
        shape("scan, sums", sums, values.type(), values.rows(), values.width());
        apart("scan", sums, values);
    }

    /** Checks the shapes of {@link BufferOperations#compact}. */
    public static void compact(Buffer flags, Buffer rows) {
        floats("compaction", flags);
        shape("compaction, flags", flags, flags.type(), flags.rows(), 1);
        shape("compaction, rows", rows, ElementType.I32, flags.rows(), 1);
    }

    /** Checks the shapes of {@link BufferOperations#realFft} and its inverse. */
    public static void fft(Buffer signal, Buffer spectrum) {
        floats("FFT", signal);
        long bins = signal.width() / 2 + 1;
        shape("FFT, spectrum", spectrum, signal.type(), signal.rows(), 2 * bins);
        apart("FFT", spectrum, signal);
    }

    private static void floats(String place, Buffer buffer) {
        require(
                buffer.type() == ElementType.F32 || buffer.type() == ElementType.F64,
                place + ": a buffer of " + buffer.type() + "; use F32 or F64");
    }

    private static void shape(
            String place, Buffer buffer, ElementType type, long rows, long width) {
        require(
                buffer.type() == type && buffer.rows() == rows && buffer.width() == width,
                "%s: %s × %s %s; needs %s × %s %s"
                        .formatted(
                                place,
                                buffer.rows(),
                                buffer.width(),
                                buffer.type(),
                                rows,
                                width,
                                type));
    }

    private static void apart(String place, Buffer written, Buffer read) {
        require(written != read, place + ": writes a buffer that it reads; use another");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
