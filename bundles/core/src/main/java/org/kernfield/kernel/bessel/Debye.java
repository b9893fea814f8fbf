package org.kernfield.kernel.bessel;

/**
 * The expansions for large order, which hold for any order where h = √(ν² + x²) is large: with τ =
 * ν²/h², I = e^(h − νt₀)/√(2πh) Σ u_k(τ)/hᵏ, K the same with alternating signs, and derivatives by
 * x with v_k for u_k.
 *
 * <p>Source: DLMF 10.41.3 to 10.41.6; u_k(τ) pᵏ is U_k(p) of 10.41.9, v_k of 10.41.10, p² = τ.
 */
final class Debye {
    /** Where twenty terms give 53 bits. */
    static final double FROM = 22;

    private static final int TERMS = 20;

    /**
     * From which h on so many terms are enough: where the next one, whose largest value over τ is
     * known, is below 3·10⁻¹⁷.
     */
    private static final double[] ENOUGH = {
        1.3e16, 6.3e7, 1.51e5, 8330, 1560, 532, 254, 148, 99, 72.6, 56.9, 46.8, 40, 35.1, 31.5,
        28.8, 26.7, 25.1, 23.8, 22.7
    };

    /** Coefficients of u_k and v_k by powers of τ, the highest first. */
    private static final double[][] U = new double[TERMS + 1][];

    private static final double[][] V = new double[TERMS + 1][];

    static {
        U[0] = new double[] {1};
        V[0] = new double[] {1};
        for (int k = 0; k < TERMS; k++) {
            U[k + 1] = reversed(next(reversed(U[k]), k));
            V[k + 1] = reversed(slope(reversed(U[k + 1]), reversed(U[k]), k));
        }
    }

    private Debye() {}

    /**
     * U_(k+1) = ½p²(1 − p²)U_k′ + ⅛∫₀ᵖ(1 − 5t²)U_k dt, of U_k = Σ_j u_j p^(k+2j), the lowest power
     * first.
     */
    private static double[] next(double[] u, int k) {
        var next = new double[u.length + 1];
        for (int j = 0; j < u.length; j++) {
            int power = k + 2 * j;
            next[j] += u[j] * (0.5 * power + 0.125 / (power + 1));
            next[j + 1] -= u[j] * (0.5 * power + 0.625 / (power + 3));
        }
        return next;
    }

    /** V_(k+1) = U_(k+1) − ½p(1 − p²)U_k − p²(1 − p²)U_k′. */
    private static double[] slope(double[] next, double[] u, int k) {
        double[] v = next.clone();
        for (int j = 0; j < u.length; j++) {
            double factor = u[j] * (0.5 + k + 2 * j);
            v[j] -= factor;
            v[j + 1] += factor;
        }
        return v;
    }

    private static double[] reversed(double[] a) {
        var reversed = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            reversed[k] = a[a.length - 1 - k];
        }
        return reversed;
    }

    private static int terms(double h) {
        int k = 1;
        while (k < TERMS && h < ENOUGH[k]) {
            k++;
        }
        return k;
    }

    /**
     * Σ_k u_k(τ) (sign/h)ᵏ − 1.
     *
     * @param sign 1 for I, −1 for K
     */
    static double sum(Phase p, int sign) {
        return sum(U, p, sign);
    }

    /** Σ_k v_k(τ) (sign/h)ᵏ − 1. */
    static double slopes(Phase p, int sign) {
        return sum(V, p, sign);
    }

    private static double sum(double[][] coefficients, Phase p, int sign) {
        double ratio = p.nu() / p.h();
        double tau = ratio * ratio;
        double step = sign / p.h();
        double sum = 0;
        for (int k = terms(p.h()); k > 0; k--) {
            sum = (sum + polynomial(tau, coefficients[k])) * step;
        }
        return sum;
    }

    /** d/dν of log(1 + {@link #sum}): τ changes by 2νx²/h⁴, h by ν/h. */
    static double byOrder(Phase p, int sign) {
        double ratio = p.nu() / p.h();
        double tau = ratio * ratio;
        double across = p.x() / p.h();
        double tauSlope = 2 * ratio * across * across / p.h();
        double hSlope = ratio / p.h();
        double step = sign / p.h();
        double sum = 0;
        double sumSlope = 0;
        for (int k = terms(p.h()); k > 0; k--) {
            double value = 0;
            double slope = 0;
            for (double c : U[k]) {
                slope = Math.fma(slope, tau, value);
                value = Math.fma(value, tau, c);
            }
            sum = (sum + value) * step;
            sumSlope = (sumSlope + slope * tauSlope - value * k * hSlope) * step;
        }
        return sumSlope / (1 + sum);
    }

    private static double polynomial(double x, double[] coefficients) {
        double y = coefficients[0];
        for (int k = 1; k < coefficients.length; k++) {
            y = Math.fma(y, x, coefficients[k]);
        }
        return y;
    }
}
