package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.OperationsCheck;
import org.kernfield.backend.Resources;
import org.kernfield.numerics.Compaction;
import org.kernfield.numerics.RadixSort;
import org.kernfield.numerics.fourier.RealFft;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Operations on whole buffers: products by OpenBLAS, the others, which ND4J has not or not in this
 * order of bits, in Java.
 */
final class Nd4jOperations implements BufferOperations {
    /** Elements between two looks at the cancel token. */
    private static final int LOOK = 1 << 16;

    private final LinearAlgebra algebra;
    private final Resources resources;

    Nd4jOperations(LinearAlgebra algebra, Resources resources) {
        this.algebra = algebra;
        this.resources = resources;
    }

    private static Array array(Buffer buffer) {
        return HostBuffer.of("operand", buffer).array();
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
        algebra.gemm(alpha, array(a), transposeA, array(b), transposeB, beta, array(c));
    }

    /** Does {@code work} with so much of the budget taken. */
    private void holding(long bytes, String what, Runnable work) {
        resources.budget().take(bytes, what);
        try {
            work.run();
        } finally {
            resources.budget().release(bytes);
        }
    }

    @Override
    public void argsort(Buffer keys, Buffer order) {
        OperationsCheck.argsort(keys, order);
        holding(
                keys.rows() * 32,
                "sorting " + keys.rows() + " keys",
                () -> {
                    int[] rows = sorted(array(keys));
                    MemorySegment.copy(
                            rows, 0, array(order).data(), ValueLayout.JAVA_INT, 0, rows.length);
                });
    }

    private int[] sorted(Array keys) {
        return keys.type() == ElementType.F32
                ? RadixSort.order(
                        keys.data().toArray(ValueLayout.JAVA_FLOAT),
                        resources.workers(),
                        resources.cancel())
                : RadixSort.order(
                        keys.data().toArray(ValueLayout.JAVA_DOUBLE),
                        resources.workers(),
                        resources.cancel());
    }

    @Override
    public void exclusiveScan(Buffer values, Buffer sums) {
        OperationsCheck.exclusiveScan(values, sums);
        Array from = array(values);
        Array to = array(sums);
        int width = values.width();
        var before = new double[width];
        for (long row = 0; row < from.rows(); row++) {
            for (int c = 0; c < width; c++) {
                long at = row * width + c;
                if (at % LOOK == 0) {
                    resources.cancel().check();
                }
                double value = from.get(at);
                to.set(at, before[c]);
                before[c] += value;
            }
        }
    }

    @Override
    public long compact(Buffer flags, Buffer rows) {
        OperationsCheck.compact(flags, rows);
        Array numbers = array(flags);
        int[] kept =
                Compaction.indices(
                        Math.toIntExact(flags.rows()),
                        k -> numbers.get(k) != 0,
                        resources.workers(),
                        resources.cancel());
        MemorySegment.copy(kept, 0, array(rows).data(), ValueLayout.JAVA_INT, 0, kept.length);
        return kept.length;
    }

    @Override
    public void realFft(Buffer signal, Buffer spectrum) {
        OperationsCheck.fft(signal, spectrum);
        transform(RealFft.of(signal.width()), array(signal), array(spectrum), true);
    }

    @Override
    public void inverseRealFft(Buffer spectrum, Buffer signal) {
        OperationsCheck.fft(signal, spectrum);
        transform(RealFft.of(signal.width()), array(spectrum), array(signal), false);
    }

    private void transform(RealFft transform, Array from, Array to, boolean isForward) {
        holding(
                from.data().byteSize() + to.data().byteSize(),
                "copies for a Fourier transform",
                () -> {
                    if (from.type() == ElementType.F32) {
                        singles(transform, from, to, isForward);
                    } else {
                        doubles(transform, from, to, isForward);
                    }
                });
    }

    private void singles(RealFft transform, Array from, Array to, boolean isForward) {
        float[] read = from.data().toArray(ValueLayout.JAVA_FLOAT);
        var written = new float[Math.toIntExact(to.elements())];
        if (isForward) {
            transform.forward(read, written, resources.workers(), resources.cancel());
        } else {
            transform.inverse(read, written, resources.workers(), resources.cancel());
        }
        MemorySegment.copy(written, 0, to.data(), ValueLayout.JAVA_FLOAT, 0, written.length);
    }

    private void doubles(RealFft transform, Array from, Array to, boolean isForward) {
        double[] read = from.data().toArray(ValueLayout.JAVA_DOUBLE);
        var written = new double[Math.toIntExact(to.elements())];
        if (isForward) {
            transform.forward(read, written, resources.workers(), resources.cancel());
        } else {
            transform.inverse(read, written, resources.workers(), resources.cancel());
        }
        MemorySegment.copy(written, 0, to.data(), ValueLayout.JAVA_DOUBLE, 0, written.length);
    }
}
