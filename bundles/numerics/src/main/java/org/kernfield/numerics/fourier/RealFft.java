package org.kernfield.numerics.fourier;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

import java.util.function.IntConsumer;

/**
 * Transforms of rows of n real numbers, X_k = Σ_j x_j exp(−2πi jk/n) for 0 ≤ k ≤ n/2 (the others
 * are their conjugates), and back. All arithmetic is in float64, also between float32 arrays; the
 * error is a few ulp of float64 times √log n of the root mean square. Immutable and thread-safe:
 * make one for a length and keep it.
 *
 * <p>Any length has a time of order n log n; lengths without prime factors other than 2, 3 and 5
 * are some five times as fast as others, even ones twice as fast as odd ones. Rows run side by side
 * on the workers. The cancel token is polled several times a row.
 */
public final class RealFft {
    /** Numbers from which on a part of the work is worth a thread. */
    private static final int WORTHWHILE = 1 << 14;

    private final int length;

    /** Of half the length where that is even, its row being x_0 + i x_1, x_2 + i x_3, … */
    private final ComplexFft complex;

    private final Roots roots;

    private RealFft(int length) {
        this.length = length;
        complex = ComplexFft.of(even() ? length / 2 : length);
        roots = even() ? new Roots(length, length / 2) : null;
    }

    /**
     * A transform of one length. Its roots of unity take about 16 bytes a number, those of lengths
     * with other prime factors than 2, 3 and 5 five times that.
     *
     * @param length numbers in a row, 1 to 2²⁸
     * @throws IllegalArgumentException for other lengths
     */
    public static RealFft of(int length) {
        if (length < 1 || length > 1 << 28) {
            throw new IllegalArgumentException(
                    "Fourier transform of %d numbers: use 1 to 268435456".formatted(length));
        }
        return new RealFft(length);
    }

    /** Numbers in a row. */
    public int length() {
        return length;
    }

    /** Complex numbers of a transformed row, length / 2 + 1. */
    public int bins() {
        return length / 2 + 1;
    }

    /**
     * Transforms rows.
     *
     * @param rows r × length; not modified
     * @param spectra r × bins pairs of a real and an imaginary part; written
     */
    public void forward(double[] rows, double[] spectra, Workers workers, CancelToken cancel) {
        forEachRow(
                rows.length,
                spectra.length,
                workers,
                cancel,
                scratch ->
                        row -> {
                            load(rows, row * length, scratch);
                            complex.transform(scratch, cancel);
                            unpack(scratch, spectra, row * 2 * bins());
                        });
    }

    /**
     * Transforms rows.
     *
     * @param rows r × length; not modified
     * @param spectra r × bins pairs of a real and an imaginary part; written
     */
    public void forward(float[] rows, float[] spectra, Workers workers, CancelToken cancel) {
        forEachRow(
                rows.length,
                spectra.length,
                workers,
                cancel,
                scratch -> {
                    var wide = new double[2 * bins()];
                    return row -> {
                        load(rows, row * length, scratch);
                        complex.transform(scratch, cancel);
                        unpack(scratch, wide, 0);
                        narrow(wide, 2 * bins(), spectra, row * 2 * bins());
                    };
                });
    }

    /**
     * Transforms spectra back, x_j = 1/n Σ_k X_k exp(2πi jk/n): the inverse of {@link #forward}.
     * The imaginary parts of X_0 and, for even lengths, of the last number are not read.
     *
     * @param spectra r × bins pairs of a real and an imaginary part; not modified
     * @param rows r × length; written
     */
    public void inverse(double[] spectra, double[] rows, Workers workers, CancelToken cancel) {
        forEachRow(
                rows.length,
                spectra.length,
                workers,
                cancel,
                scratch ->
                        row -> {
                            pack(spectra, row * 2 * bins(), scratch);
                            back(scratch, cancel);
                            store(scratch, rows, row * length);
                        });
    }

    /**
     * Transforms spectra back, x_j = 1/n Σ_k X_k exp(2πi jk/n): the inverse of {@link #forward}.
     * The imaginary parts of X_0 and, for even lengths, of the last number are not read.
     *
     * @param spectra r × bins pairs of a real and an imaginary part; not modified
     * @param rows r × length; written
     */
    public void inverse(float[] spectra, float[] rows, Workers workers, CancelToken cancel) {
        forEachRow(
                rows.length,
                spectra.length,
                workers,
                cancel,
                scratch -> {
                    var wide = new double[2 * bins()];
                    return row -> {
                        widen(spectra, row * 2 * bins(), 2 * bins(), wide);
                        pack(wide, 0, scratch);
                        back(scratch, cancel);
                        store(scratch, wide, 0);
                        narrow(wide, length, rows, row * length);
                    };
                });
    }

    private boolean even() {
        return length % 2 == 0;
    }

    private void back(ComplexFft.Scratch scratch, CancelToken cancel) {
        scratch.exchange();
        complex.transform(scratch, cancel);
        scratch.exchange();
    }

    private void load(double[] rows, int from, ComplexFft.Scratch to) {
        int step = even() ? 2 : 1;
        for (int k = 0; k < length / step; k++) {
            to.re[k] = rows[from + step * k];
            to.im[k] = even() ? rows[from + step * k + 1] : 0;
        }
    }

    private void load(float[] rows, int from, ComplexFft.Scratch to) {
        int step = even() ? 2 : 1;
        for (int k = 0; k < length / step; k++) {
            to.re[k] = rows[from + step * k];
            to.im[k] = even() ? rows[from + step * k + 1] : 0;
        }
    }

    private void store(ComplexFft.Scratch from, double[] rows, int to) {
        if (!even()) {
            System.arraycopy(from.re, 0, rows, to, length);
            return;
        }
        for (int k = 0; k < length / 2; k++) {
            rows[to + 2 * k] = from.re[k];
            rows[to + 2 * k + 1] = from.im[k];
        }
    }

    /** With h = n/2: X_k = ½(Z_k + Z̄_(h−k)) − ½i exp(−2πi k/n)(Z_k − Z̄_(h−k)). */
    private void unpack(ComplexFft.Scratch z, double[] spectra, int to) {
        double[] re = z.re;
        double[] im = z.im;
        if (!even()) {
            for (int k = 0; k < bins(); k++) {
                spectra[to + 2 * k] = re[k];
                spectra[to + 2 * k + 1] = im[k];
            }
            return;
        }
        int h = length / 2;
        spectra[to] = re[0] + im[0];
        spectra[to + 1] = 0;
        spectra[to + 2 * h] = re[0] - im[0];
        spectra[to + 2 * h + 1] = 0;
        for (int k = 1; k < h; k++) {
            double dr = re[k] - re[h - k];
            double di = im[k] + im[h - k];
            double turnedRe = dr * roots.im[k] + di * roots.re[k];
            double turnedIm = di * roots.im[k] - dr * roots.re[k];
            spectra[to + 2 * k] = 0.5 * (re[k] + re[h - k] + turnedRe);
            spectra[to + 2 * k + 1] = 0.5 * (im[k] - im[h - k] + turnedIm);
        }
    }

    /** The inverse of {@link #unpack}, and the division by the length. */
    private void pack(double[] spectra, int from, ComplexFft.Scratch z) {
        double scale = 1.0 / length;
        if (!even()) {
            z.re[0] = scale * spectra[from];
            z.im[0] = 0;
            for (int k = 1; k < bins(); k++) {
                z.re[k] = z.re[length - k] = scale * spectra[from + 2 * k];
                z.im[k] = scale * spectra[from + 2 * k + 1];
                z.im[length - k] = -z.im[k];
            }
            return;
        }
        int h = length / 2;
        for (int k = 0; k < h; k++) {
            double re = spectra[from + 2 * k];
            double im = k == 0 ? 0 : spectra[from + 2 * k + 1];
            double otherRe = spectra[from + 2 * (h - k)];
            double otherIm = k == 0 ? 0 : spectra[from + 2 * (h - k) + 1];
            double dr = re - otherRe;
            double di = im + otherIm;
            z.re[k] = scale * (re + otherRe - (di * roots.re[k] - dr * roots.im[k]));
            z.im[k] = scale * (im - otherIm + (dr * roots.re[k] + di * roots.im[k]));
        }
    }

    private static void widen(float[] from, int at, int count, double[] to) {
        for (int k = 0; k < count; k++) {
            to[k] = from[at + k];
        }
    }

    private static void narrow(double[] from, int count, float[] to, int at) {
        for (int k = 0; k < count; k++) {
            to[at + k] = (float) from[k];
        }
    }

    @FunctionalInterface
    private interface RowWork {
        IntConsumer on(ComplexFft.Scratch scratch);
    }

    private void forEachRow(
            int numbers, int transformed, Workers workers, CancelToken cancel, RowWork work) {
        int rows = numbers / length;
        if (numbers % length != 0 || transformed != 2L * rows * bins()) {
            throw new IllegalArgumentException(
                    "Fourier transform of rows of %d: %d and %d numbers; give r × %d and r × %d"
                            .formatted(length, numbers, transformed, length, 2 * bins()));
        }
        int each = Math.max(1, WORTHWHILE / length);
        workers.forEach(
                Math.ceilDiv(rows, each),
                part -> {
                    var row = work.on(new ComplexFft.Scratch(complex.room()));
                    for (int r = part * each; r < Math.min(rows, (part + 1) * each); r++) {
                        cancel.check();
                        row.accept(r);
                    }
                });
    }
}
