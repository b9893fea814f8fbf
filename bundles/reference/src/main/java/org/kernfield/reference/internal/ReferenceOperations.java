package org.kernfield.reference.internal;

import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.OperationsCheck;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The operations by their definitions, in float64. */
public final class ReferenceOperations implements BufferOperations {
    /** Additions between two looks at the token. */
    private static final int UNINTERRUPTED = 1 << 20;

    private final CancelToken cancel;

    public ReferenceOperations(CancelToken cancel) {
        this.cancel = cancel;
    }

    /** Looks at the token now and then: where elements of {@code terms} additions each begin. */
    private void look(int element, int terms) {
        if (element % Math.max(1, UNINTERRUPTED / Math.max(1, terms)) == 0) {
            cancel.check();
        }
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
        double[] left = values(a);
        double[] right = values(b);
        double[] before = values(c);
        int n = c.width();
        int inner = Math.toIntExact(transposeA ? a.rows() : a.width());
        var product = new double[before.length];
        for (int at = 0; at < product.length; at++) {
            look(at, inner);
            int row = at / n;
            int column = at % n;
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum +=
                        left[transposeA ? k * a.width() + row : row * a.width() + k]
                                * right[transposeB ? column * b.width() + k : k * n + column];
            }
            product[at] = alpha * sum + (beta == 0 ? 0 : beta * before[at]);
        }
        put(c, product);
    }

    @Override
    public void argsort(Buffer keys, Buffer order) {
        OperationsCheck.argsort(keys, order);
        double[] k = values(keys);
        put(
                order,
                IntStream.range(0, k.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> k[row]))
                        .mapToDouble(row -> row)
                        .toArray());
    }

    @Override
    public void exclusiveScan(Buffer values, Buffer sums) {
        OperationsCheck.exclusiveScan(values, sums);
        double[] numbers = values(values);
        var before = new double[numbers.length];
        for (int k = values.width(); k < numbers.length; k++) {
            before[k] = before[k - values.width()] + numbers[k - values.width()];
        }
        put(sums, before);
    }

    @Override
    public long compact(Buffer flags, Buffer rows) {
        OperationsCheck.compact(flags, rows);
        double[] numbers = values(flags);
        double[] into = values(rows);
        int count = 0;
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] != 0) {
                into[count++] = row;
            }
        }
        return count;
    }

    @Override
    public void realFft(Buffer signal, Buffer spectrum) {
        OperationsCheck.fft(signal, spectrum);
        double[] x = values(signal);
        int n = signal.width();
        var bins = new double[values(spectrum).length];
        for (int at = 0; at < bins.length; at += 2) {
            look(at / 2, n);
            int row = at / spectrum.width();
            int k = at % spectrum.width() / 2;
            for (int t = 0; t < n; t++) {
                double angle = angle(k, t, n);
                bins[at] += x[row * n + t] * Math.cos(angle);
                bins[at + 1] -= x[row * n + t] * Math.sin(angle);
            }
        }
        put(spectrum, bins);
    }

    @Override
    public void inverseRealFft(Buffer spectrum, Buffer signal) {
        OperationsCheck.fft(signal, spectrum);
        double[] bins = values(spectrum);
        int n = signal.width();
        var x = new double[values(signal).length];
        for (int at = 0; at < x.length; at++) {
            look(at, n);
            int first = at / n * spectrum.width();
            for (int k = 0; k <= n / 2; k++) {
                // all but the first and, of an even n, the last stand for two conjugate numbers
                double share = k == 0 || 2 * k == n ? 1 : 2;
                double angle = angle(k, at % n, n);
                double real = bins[first + 2 * k] * Math.cos(angle);
                double imaginary = bins[first + 2 * k + 1] * Math.sin(angle);
                x[at] += share * (real - imaginary) / n;
            }
        }
        put(signal, x);
    }

    private static double angle(long k, long t, int n) {
        return 2 * Math.PI * (k * t % n) / n;
    }

    private static double[] values(Buffer buffer) {
        return ReferenceBuffer.of("operand", buffer).values();
    }

    private static void put(Buffer buffer, double[] values) {
        ReferenceBuffer.of("result", buffer).put(values);
    }
}
