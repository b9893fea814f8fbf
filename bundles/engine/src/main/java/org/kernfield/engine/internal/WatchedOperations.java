package org.kernfield.engine.internal;

import static org.kernfield.engine.internal.WatchedBuffer.unwrapped;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;

import java.util.function.Supplier;

/** A backend's operations whose calls are watched. */
record WatchedOperations(Vigil vigil, BufferOperations own) implements BufferOperations {
    @Override
    public void gemm(
            double alpha,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            double beta,
            Buffer c) {
        Buffer left = unwrapped(a);
        Buffer right = unwrapped(b);
        Buffer product = unwrapped(c);
        vigil.over(
                bytes(a, b, c),
                () -> own.gemm(alpha, left, transposeA, right, transposeB, beta, product));
    }

    @Override
    public void argsort(Buffer keys, Buffer order) {
        on(keys, order, own::argsort);
    }

    @Override
    public void exclusiveScan(Buffer values, Buffer sums) {
        on(values, sums, own::exclusiveScan);
    }

    @Override
    public long compact(Buffer flags, Buffer rows) {
        Buffer from = unwrapped(flags);
        Buffer to = unwrapped(rows);
        Supplier<Long> call = () -> own.compact(from, to);
        return vigil.over(bytes(flags, rows), call);
    }

    @Override
    public void realFft(Buffer signal, Buffer spectrum) {
        on(signal, spectrum, own::realFft);
    }

    @Override
    public void inverseRealFft(Buffer spectrum, Buffer signal) {
        on(spectrum, signal, own::inverseRealFft);
    }

    private interface Operation {
        void run(Buffer from, Buffer to);
    }

    private void on(Buffer from, Buffer to, Operation operation) {
        Buffer read = unwrapped(from);
        Buffer written = unwrapped(to);
        vigil.over(bytes(from, to), () -> operation.run(read, written));
    }

    private static long bytes(Buffer... buffers) {
        long bytes = 0;
        for (Buffer buffer : buffers) {
            bytes += buffer.rows() * buffer.width() * buffer.type().bytes();
        }
        return bytes;
    }
}
