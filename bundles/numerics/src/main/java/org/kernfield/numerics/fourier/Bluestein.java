package org.kernfield.numerics.fourier;

import org.kernfield.backend.CancelToken;

import java.util.Arrays;

/**
 * Any length n, as a cyclic convolution of a length m ≥ 2n − 1 that {@link MixedRadix} knows: with
 * c_k = exp(−πi k²/n), X_k = c_k Σ_j (x_j c_j) c̄_(k−j).
 *
 * <p>Source: L. I. Bluestein, A linear filtering approach to the computation of discrete Fourier
 * transform, IEEE Transactions on Audio and Electroacoustics 18 (1970).
 */
final class Bluestein implements ComplexFft {
    private final int length;
    private final MixedRadix convolution;

    /** c_k. */
    private final double[] chirpRe;

    private final double[] chirpIm;

    /** The transform of c̄, divided by m. */
    private final Scratch filter;

    Bluestein(int length) {
        this.length = length;
        int m = room(length);
        convolution = new MixedRadix(m);
        chirpRe = new double[length];
        chirpIm = new double[length];
        var roots = new Roots(2 * length, 2 * length);
        for (int k = 0; k < length; k++) {
            int place = (int) ((long) k * k % (2L * length));
            chirpRe[k] = roots.re[place];
            chirpIm[k] = roots.im[place];
        }
        filter = new Scratch(m);
        for (int k = 0; k < length; k++) {
            int mirrored = k == 0 ? 0 : m - k;
            filter.re[k] = filter.re[mirrored] = chirpRe[k] / m;
            filter.im[k] = filter.im[mirrored] = -chirpIm[k] / m;
        }
        convolution.transform(filter, CancelToken.NONE);
    }

    /** The least length from 2n − 1 on without prime factors other than 2, 3 and 5. */
    private static int room(int length) {
        int room = Math.subtractExact(Math.multiplyExact(2, length), 1);
        while (MixedRadix.factors(room) == null) {
            room = Math.incrementExact(room);
        }
        return room;
    }

    @Override
    public int room() {
        return convolution.room();
    }

    @Override
    public void transform(Scratch row, CancelToken cancel) {
        int m = room();
        timesChirp(row);
        Arrays.fill(row.re, length, m, 0);
        Arrays.fill(row.im, length, m, 0);
        convolution.transform(row, cancel);
        for (int k = 0; k < m; k++) {
            double re = row.re[k] * filter.re[k] - row.im[k] * filter.im[k];
            row.im[k] = row.re[k] * filter.im[k] + row.im[k] * filter.re[k];
            row.re[k] = re;
        }
        row.exchange();
        convolution.transform(row, cancel);
        row.exchange();
        timesChirp(row);
    }

    private void timesChirp(Scratch row) {
        for (int k = 0; k < length; k++) {
            double re = row.re[k] * chirpRe[k] - row.im[k] * chirpIm[k];
            row.im[k] = row.re[k] * chirpIm[k] + row.im[k] * chirpRe[k];
            row.re[k] = re;
        }
    }
}
