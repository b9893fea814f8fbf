package org.kernfield.gp.iterative;

import org.kernfield.numerics.ConjugateGradient;
import org.kernfield.numerics.Lanczos;

/**
 * What conjugate gradients for random vectors tell of the eigenvalues of K̂ = K + noise, with the
 * preconditioner M near it.
 *
 * @param logDeterminant log |K̂|, an estimate
 * @param condition of K̂, an estimate: the largest eigenvalue of M, whose pivots are where K has
 *     its largest, over the least of M⁻¹K̂ that the iterations found times the least of M
 */
record SpectralEstimate(double logDeterminant, double condition) {
    static final SpectralEstimate UNKNOWN =
            new SpectralEstimate(Double.POSITIVE_INFINITY, Double.NaN);

    /**
     * log |K̂| = log |M| + log |M⁻¹K̂|, the latter ≈ mean over z of zᵀM⁻¹z · e₁ᵀ log(T) e₁.
     *
     * @param solver after at least one iteration
     * @param right its right-hand sides, n × columns; from column {@code first} on the vectors z
     * @param solved M⁻¹ of them
     */
    static SpectralEstimate of(
            Preconditioner preconditioner,
            ConjugateGradient solver,
            double[] right,
            double[] solved,
            int columns,
            int first) {
        double ratio = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = first; c < columns; c++) {
            double square = 0;
            for (int at = c; at < right.length; at += columns) {
                square += right[at] * solved[at];
            }
            Lanczos.Spectrum spectrum = solver.spectrum(c);
            ratio += square * spectrum.quadratic(Math::log) / (columns - first);
            least = Math.min(least, spectrum.values()[0]);
        }
        return new SpectralEstimate(
                preconditioner.logDeterminant() + ratio, preconditioner.condition() / least);
    }
}
