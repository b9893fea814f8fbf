package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.OperationsCheck;
import org.kernfield.cpu.internal.linear.CpuLinearAlgebra;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.kernel.Precision;
import org.kernfield.numerics.Compaction;
import org.kernfield.numerics.fourier.RealFft;

/** Operations on whole buffers, on the session's workers. */
public final class BufferSchedule implements BufferOperations {
    /** Rows of a part of a scan; their sums are added in order. */
    private static final int PART = 1 << 16;

    private final Execution execution;
    private final LinearAlgebra linear = new CpuLinearAlgebra();
    private RealFft transform;

    public BufferSchedule(Execution execution) {
        this.execution = execution;
    }

    @Override
    public void gemm(
            double alpha,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            double beta,
            Buffer c) {
        OperationsCheck.gemm(a, transposeA, b, transposeB, c);
        staged(
                (a.rows() * a.width() + b.rows() * b.width() + c.rows() * c.width())
                        * c.type().bytes(),
                "row by row copies of the factors of a product",
                () -> {
                    Array product = array(c);
                    if (beta != 0) {
                        c.read(product);
                    }
                    linear.with(execution.resources())
                            .gemm(alpha, copy(a), transposeA, copy(b), transposeB, beta, product);
                    c.write(product);
                });
    }

    /** Runs {@code body} with so much memory taken. */
    private void staged(long bytes, String what, Runnable body) {
        execution.resources().budget().take(bytes, what);
        try {
            body.run();
        } finally {
            execution.resources().budget().release(bytes);
        }
    }

    private static Array array(Buffer buffer) {
        int length = Math.toIntExact(buffer.rows() * buffer.width());
        return buffer.type() == ElementType.F32
                ? Array.of(buffer.width(), new float[length])
                : Array.of(buffer.width(), new double[length]);
    }

    private static Array copy(Buffer buffer) {
        Array array = array(buffer);
        buffer.read(array);
        return array;
    }

    @Override
    public void argsort(Buffer keys, Buffer order) {
        OperationsCheck.argsort(keys, order);
        int n = Math.toIntExact(keys.rows());
        long[] items = execution.scratch().longs("depths", n);
        for (int k = 0; k < n; k++) {
            items[k] = k;
        }
        long[] other = execution.scratch().longs("other depths", n);
        long[] sorted =
                DepthOrder.sort(execution, ((PlanarBuffer) keys).data(), true, items, other, n);
        var rows = (int[]) ((PlanarBuffer) order).data();
        for (int k = 0; k < n; k++) {
            rows[k] = (int) sorted[k];
        }
    }

    @Override
    public void exclusiveScan(Buffer values, Buffer sums) {
        OperationsCheck.exclusiveScan(values, sums);
        int n = Math.toIntExact(values.rows());
        int parts = Math.ceilDiv(n, PART);
        var from = (PlanarBuffer) values;
        var to = (PlanarBuffer) sums;
        int width = values.width();
        var before = new double[width * parts];
        execution.forEach(
                width * parts,
                k -> {
                    int first = from.offset(k / parts) + k % parts * PART;
                    int length = Math.min(PART, n - k % parts * PART);
                    before[k] = Numbers.sum(from.data(), first, first + length);
                });
        for (int c = 0; c < width; c++) {
            double sum = 0;
            for (int k = c * parts; k < (c + 1) * parts; k++) {
                double here = before[k];
                before[k] = sum;
                sum += here;
            }
        }
        execution.forEach(
                width * parts,
                k -> {
                    int row = k % parts * PART;
                    int end = Math.min(PART, n - row);
                    int read = from.offset(k / parts) + row;
                    int write = to.offset(k / parts) + row;
                    double sum = before[k];
                    for (int i = 0; i < end; i++) {
                        Numbers.set(to.data(), write + i, sum);
                        sum += Numbers.get(from.data(), read + i);
                    }
                });
    }

    @Override
    public long compact(Buffer flags, Buffer rows) {
        OperationsCheck.compact(flags, rows);
        Object numbers = ((PlanarBuffer) flags).data();
        int[] kept =
                Compaction.indices(
                        Math.toIntExact(flags.rows()),
                        k -> Numbers.get(numbers, k) != 0,
                        execution.resources().workers(),
                        execution.resources().cancel());
        System.arraycopy(kept, 0, ((PlanarBuffer) rows).data(), 0, kept.length);
        return kept.length;
    }

    @Override
    public void realFft(Buffer signal, Buffer spectrum) {
        OperationsCheck.fft(signal, spectrum);
        transform(signal, spectrum, true);
    }

    @Override
    public void inverseRealFft(Buffer spectrum, Buffer signal) {
        OperationsCheck.fft(signal, spectrum);
        transform(signal, spectrum, false);
    }

    private void transform(Buffer signal, Buffer spectrum, boolean isForward) {
        if (transform == null || transform.length() != signal.width()) {
            transform = RealFft.of(signal.width());
        }
        var precision = signal.type() == ElementType.F32 ? Precision.F32 : Precision.F64;
        staged(
                signal.rows() * (signal.width() + spectrum.width()) * signal.type().bytes(),
                "row by row copies for a Fourier transform",
                () -> {
                    Buffer from = isForward ? signal : spectrum;
                    Buffer to = isForward ? spectrum : signal;
                    Object read = numbers(precision, from);
                    Object written = numbers(precision, to);
                    from.read(array(from.width(), read));
                    transform(read, written, isForward);
                    to.write(array(to.width(), written));
                });
    }

    private static Object numbers(Precision precision, Buffer buffer) {
        return Numbers.array(precision, Math.toIntExact(buffer.rows() * buffer.width()));
    }

    private void transform(Object from, Object to, boolean isForward) {
        var workers = execution.resources().workers();
        var cancel = execution.resources().cancel();
        if (from instanceof float[] floats) {
            if (isForward) {
                transform.forward(floats, (float[]) to, workers, cancel);
            } else {
                transform.inverse(floats, (float[]) to, workers, cancel);
            }
        } else if (isForward) {
            transform.forward((double[]) from, (double[]) to, workers, cancel);
        } else {
            transform.inverse((double[]) from, (double[]) to, workers, cancel);
        }
    }

    private static Array array(int width, Object numbers) {
        return numbers instanceof float[] floats
                ? Array.of(width, floats)
                : Array.of(width, (double[]) numbers);
    }
}
