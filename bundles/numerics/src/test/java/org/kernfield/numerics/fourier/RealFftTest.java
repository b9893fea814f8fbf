package org.kernfield.numerics.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.Pool;

import java.util.Random;
import java.util.concurrent.CancellationException;

class RealFftTest {
    private static final CancelToken NONE = CancelToken.NONE;

    /** Powers of two, products of 2, 3 and 5, primes, squares of primes; even and odd. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 25, 27, 30, 32, 49, 60, 64, 75, 81,
                97, 120, 125, 128, 169, 194, 240, 360, 512, 600, 1000, 1021, 1024, 1350, 2042
            })
    void isTheSumThatDefinesIt(int n) {
        double[] row = noise(n, n);
        var fft = RealFft.of(n);
        var spectrum = new double[2 * fft.bins()];

        fft.forward(row, spectrum, Workers.SERIAL, NONE);

        double scale = Math.sqrt(n);
        for (int k = 0; k < fft.bins(); k++) {
            double re = 0;
            double im = 0;
            for (int j = 0; j < n; j++) {
                double angle = 2 * Math.PI * ((long) j * k % n) / n;
                re += row[j] * Math.cos(angle);
                im -= row[j] * Math.sin(angle);
            }
            assertThat(spectrum[2 * k]).isCloseTo(re, within(2e-14 * scale));
            assertThat(spectrum[2 * k + 1]).isCloseTo(im, within(2e-14 * scale));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 30, 1021, 4096, 45000, 65537, 1 << 18})
    void theInverseGivesTheRowBackAndEnergyIsKept(int n) {
        double[] row = noise(n, 3);
        var fft = RealFft.of(n);
        var spectrum = new double[2 * fft.bins()];
        var back = new double[n];

        fft.forward(row, spectrum, Workers.SERIAL, NONE);
        fft.inverse(spectrum, back, Workers.SERIAL, NONE);

        double error = 0;
        for (int j = 0; j < n; j++) {
            error = Math.max(error, Math.abs(back[j] - row[j]));
        }
        assertThat(error).isLessThan(1e-14);
        double energy = 0;
        for (double x : row) {
            energy += x * x;
        }
        double transformed = 0;
        for (int k = 0; k < fft.bins(); k++) {
            double once = k == 0 || 2 * k == n ? 1 : 2;
            double re = spectrum[2 * k];
            double im = spectrum[2 * k + 1];
            transformed += once * (re * re + im * im) / n;
        }
        assertThat(transformed).isCloseTo(energy, within(1e-13 * energy));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 64, 1000})
    void rowsOfFloatsAreRoundedOnceOnAnyNumberOfThreads(int n) {
        int rows = 65;
        double[] wide = noise(rows * n, 5);
        var narrow = new float[rows * n];
        for (int k = 0; k < narrow.length; k++) {
            narrow[k] = (float) wide[k];
            wide[k] = narrow[k];
        }
        var fft = RealFft.of(n);
        var exact = new double[rows * 2 * fft.bins()];
        var spectra = new float[exact.length];
        var back = new float[narrow.length];

        fft.forward(wide, exact, Workers.SERIAL, NONE);
        for (int threads = 1; threads <= 3; threads++) {
            fft.forward(narrow, spectra, new Pool(threads), NONE);
            for (int k = 0; k < spectra.length; k++) {
                assertThat(spectra[k]).isEqualTo((float) exact[k]);
            }
        }
        fft.inverse(spectra, back, new Pool(3), NONE);
        assertThat(back).containsExactly(narrow, within(1e-6f));
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        var fft = RealFft.of(8);
        assertThatThrownBy(() -> fft.forward(new double[16], new double[10], Workers.SERIAL, NONE))
                .hasMessage(
                        "Fourier transform of rows of 8: 16 and 10 numbers; give r × 8 and r × 10");
        assertThatThrownBy(() -> RealFft.of(0))
                .hasMessage("Fourier transform of 0 numbers: use 1 to 268435456");
        assertThatThrownBy(
                        () ->
                                fft.forward(
                                        new double[8], new double[10], Workers.SERIAL, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }
}
