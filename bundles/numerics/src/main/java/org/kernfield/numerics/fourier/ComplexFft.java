package org.kernfield.numerics.fourier;

import org.kernfield.backend.CancelToken;

/** Forward transforms of complex rows of one length, X_k = Σ_j x_j exp(−2πi jk/n). Immutable. */
sealed interface ComplexFft permits MixedRadix, Bluestein {
    /** A transform of any length from 1 on. */
    static ComplexFft of(int length) {
        return MixedRadix.factors(length) == null ? new Bluestein(length) : new MixedRadix(length);
    }

    /** Length of each of the four arrays of a {@link Scratch}. */
    int room();

    /** Transforms the first numbers of {@code row.re} and {@code row.im}; the result is there. */
    void transform(Scratch row, CancelToken cancel);

    /** A row in planes, and as much room again, for one thread; the two change places. */
    final class Scratch {
        double[] re;
        double[] im;
        double[] otherRe;
        double[] otherIm;

        Scratch(int room) {
            re = new double[room];
            im = new double[room];
            otherRe = new double[room];
            otherIm = new double[room];
        }

        void swap() {
            double[] swap = re;
            re = otherRe;
            otherRe = swap;
            swap = im;
            im = otherIm;
            otherIm = swap;
        }

        /** With real and imaginary parts exchanged a forward transform is an inverse one. */
        void exchange() {
            double[] swap = re;
            re = im;
            im = swap;
        }
    }
}
