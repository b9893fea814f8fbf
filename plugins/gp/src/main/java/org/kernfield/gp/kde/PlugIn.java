package org.kernfield.gp.kde;

import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;

/**
 * Bandwidths by formulas. The normal one is best for normal data: h = σ (4/((d + 2) n))^(1/(d+4)).
 * The plug-in one estimates how rough the density of a column is, by sums over pairs in two stages,
 * and puts that into the formula of the least mean integrated squared error; for tables of several
 * columns it is widened as the normal one is, from the rate n^(−1/5) to n^(−1/(d+4)).
 *
 * <p>Sources: M. P. Wand, M. C. Jones, Kernel Smoothing (1995), sections 3.6.1 and 4.3; B. W.
 * Silverman, Density Estimation (1986), section 4.3.2.
 */
final class PlugIn {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    private PlugIn() {}

    static double normal(double deviation, int rows, int columns) {
        return deviation * Math.pow(4 / ((columns + 2.0) * rows), 1 / (columns + 4.0));
    }

    /**
     * @param column its values
     * @param deviation its population deviation
     * @param columns how many the table has
     */
    static double direct(double[] column, double deviation, int columns, Compute compute) {
        double n = column.length;
        try (var sample = new Sample(column, 1, compute)) {
            double psi8 = 105 / (32 * Math.sqrt(Math.PI) * Math.pow(deviation, 9));
            double g6 = Math.pow(30 / (ROOT_TWO_PI * psi8 * n), 1.0 / 9);
            double psi6 = roughness(sample, 6, g6);
            double g4 = Math.pow(-6 / (ROOT_TWO_PI * psi6 * n), 1.0 / 7);
            double psi4 = roughness(sample, 4, g4);
            double h = Math.pow(1 / (2 * Math.sqrt(Math.PI) * psi4 * n), 1.0 / 5);
            double widened = normal(1, column.length, columns) / normal(1, column.length, 1);
            double fallback = normal(deviation, column.length, columns);
            // ψ₆ is below 0 and ψ₄ above it for every density; estimates of few rows may fail
            return psi6 < 0 && psi4 > 0 ? h * widened : fallback;
        }
    }

    /** ψ_r = ∫ p⁽ʳ⁾ p, estimated by n⁻² g^(−r−1) Σ_ij φ⁽ʳ⁾((x_i − x_j)/g). */
    private static double roughness(Sample sample, int order, double g) {
        var total = Reduction.total(DensityKernels.derivative(order));
        double sum = sample.total(total, sample.args(1 / g), DensityKernels.VALUE, 1)[0];
        double n = sample.rows();
        return sum / (n * n * Math.pow(g, order + 1));
    }
}
