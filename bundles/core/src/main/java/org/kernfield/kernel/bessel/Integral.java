package org.kernfield.kernel.bessel;

/**
 * K_ν(x) = ½ e^(νt₀ − h) ∫ exp(−h(cosh s − 1) − ν(sinh s − s)) ds over all s, by the trapezoidal
 * rule. The integrand is analytic and falls faster than exponentially, so that halving the step
 * squares the error; the step follows the width of the peak.
 *
 * <p>The exponent is −(h − ν)(cosh s − 1) − ν(e^s − 1 − s) on either side, whose terms have one
 * sign.
 *
 * <p>Source: DLMF 10.32.9 with t = t₀ + s; L. N. Trefethen, J. A. C. Weideman, The exponentially
 * convergent trapezoidal rule (2014), section 5.
 */
final class Integral {
    private static final double LAST = -39;

    /** Beyond, nothing is left for any x of at least 10⁻¹⁰⁰ of ν or of 1. */
    private static final double REACH = 500;

    private static final Nodes[] NODES = {
        new Nodes(1.0 / 4), new Nodes(1.0 / 5), new Nodes(1.0 / 6), new Nodes(1.0 / 8)
    };

    /**
     * Up to which h each set of nodes is fine enough: the error of a step δ is 2|K_(ν+iω)/K_ν|, ω =
     * 2π/δ, at most 2|Γ(ν + iω)/Γ(ν)|.
     */
    private static final double[] FINE = {1, 4, 9};

    /** The functions of the nodes s = jδ, j ≥ 0. */
    private static final class Nodes {
        final double step;
        final double[] coshLess1;

        /** e^s − 1 − s. */
        final double[] right;

        /** e^(−s) − 1 + s. */
        final double[] left;

        Nodes(double step) {
            this.step = step;
            int count = (int) (REACH / step) + 1;
            coshLess1 = new double[count];
            right = new double[count];
            left = new double[count];
            for (int j = 0; j < count; j++) {
                double s = j * step;
                double half = Math.sinh(s / 2);
                coshLess1[j] = 2 * half * half;
                right[j] = s < 1 ? series(s) : Math.expm1(s) - s;
                left[j] = s < 1 ? series(-s) : Math.expm1(-s) + s;
            }
        }

        /** s²/2! + s³/3! + … */
        private static double series(double s) {
            double term = s;
            double sum = 0;
            for (int k = 2; k < 22; k++) {
                term *= s / k;
                sum += term;
            }
            return sum;
        }
    }

    /** The integral. */
    final double value;

    /** Mean of cosh s − 1 under the integrand. */
    final double coshLess1;

    /** Mean of e^s − 1 under the integrand. */
    private final double growthLess1;

    /** Mean of s under the integrand. */
    final double s;

    private Integral(double value, double coshLess1, double growthLess1, double s) {
        this.value = value;
        this.coshLess1 = coshLess1;
        this.growthLess1 = growthLess1;
        this.s = s;
    }

    /** Mean of e^s under the integrand. */
    double growth() {
        return 1 + growthLess1;
    }

    private static Nodes nodes(double h) {
        int k = 0;
        while (k < FINE.length && h > FINE[k]) {
            k++;
        }
        return NODES[k];
    }

    /** The integral alone. */
    static double value(Phase p) {
        Nodes nodes = nodes(p.h());
        double gap = -p.gap();
        double nu = p.nu();
        double sum = 1;
        double wide = 0;
        for (int j = 1; wide > LAST && j < nodes.left.length; j++) {
            double even = gap * nodes.coshLess1[j];
            wide = even - nu * nodes.left[j];
            double narrow = even - nu * nodes.right[j];
            sum += Exponential.of(wide);
            if (narrow > LAST) {
                sum += Exponential.of(narrow);
            }
        }
        return sum * nodes.step;
    }

    /** The integral with its means. */
    static Integral of(Phase p) {
        Nodes nodes = nodes(p.h());
        double gap = -p.gap();
        double nu = p.nu();
        double sum = 1;
        double cosh = 0;
        double growth = 0;
        double mean = 0;
        double wide = 0;
        for (int j = 1; wide > LAST && j < nodes.left.length; j++) {
            double even = gap * nodes.coshLess1[j];
            wide = even - nu * nodes.left[j];
            double narrow = even - nu * nodes.right[j];
            double left = Exponential.of(wide);
            double right = narrow > LAST ? Exponential.of(narrow) : 0;
            double s = j * nodes.step;
            sum += left + right;
            cosh += (left + right) * nodes.coshLess1[j];
            growth += right * (nodes.right[j] + s) + left * (nodes.left[j] - s);
            mean += (right - left) * s;
        }
        return new Integral(sum * nodes.step, cosh / sum, growth / sum, mean / sum);
    }
}
