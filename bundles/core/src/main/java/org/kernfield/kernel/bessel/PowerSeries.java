package org.kernfield.kernel.bessel;

/**
 * I_ν(x) = (x/2)^ν/Γ(ν + 1) Σ_k (x²/4)ᵏ/(k! (ν + 1)_k), whose terms are all positive.
 *
 * <p>Source: DLMF 10.25.2.
 */
final class PowerSeries {
    private static final double LAST = 0x1p-55;

    private PowerSeries() {}

    /** The sum over k less its first term, 1. */
    static double rest(double nu, double x) {
        double quarter = 0.25 * x * x;
        double term = 1;
        double sum = 0;
        for (int k = 1; term > LAST * (1 + sum); k++) {
            term *= quarter / (k * (nu + k));
            sum += term;
        }
        return sum;
    }

    /** Mean of Σ_(j=1..k) 1/(ν + j) under the terms: ψ(ν + k + 1) − ψ(ν + 1). */
    static double meanDigamma(double nu, double x) {
        double quarter = 0.25 * x * x;
        double term = 1;
        double sum = 1;
        double harmonic = 0;
        double mean = 0;
        for (int k = 1; term > LAST * sum; k++) {
            term *= quarter / (k * (nu + k));
            harmonic += 1 / (nu + k);
            sum += term;
            mean += term * harmonic;
        }
        return mean / sum;
    }

    /**
     * I_(ν+1)/I_ν by its continued fraction 1/(2(ν+1)/x + 1/(2(ν+2)/x + …)), from so far behind
     * that the ratio there, x/(μ + ½ + √((μ + 3/2)² + x²)) to three digits, is good enough.
     *
     * <p>Source: DLMF 10.33.1; the ratio is from D. E. Amos (1974).
     */
    static double ratio(double nu, double x) {
        // each step takes the error down by the ratio's square, about exp(−2 asinh((ν + j)/x))
        int steps = 4 + (int) Math.ceil(Math.sqrt(nu * nu + 32 * x) - nu);
        double order = nu + steps;
        double ratio = x / (order + 0.5 + Math.sqrt((order + 1.5) * (order + 1.5) + x * x));
        double twice = 2 / x;
        for (int j = steps; j > 0; j--) {
            ratio = 1 / ((nu + j) * twice + ratio);
        }
        return ratio;
    }
}
