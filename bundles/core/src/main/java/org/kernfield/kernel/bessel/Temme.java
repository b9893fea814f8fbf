package org.kernfield.kernel.bessel;

/**
 * K_ν(x) for small x: series for an order μ within ½ of 0, then the recurrence upwards, which is
 * stable.
 *
 * <p>Source: N. M. Temme, On the numerical evaluation of the modified Bessel function of the third
 * kind (1975); the Taylor series of 1/Γ is DLMF 5.7.1.
 */
final class Temme {
    /** Up to which x a dozen terms are enough. */
    static final double UP_TO = 2;

    /** Below, products of ratios of neighbours leave the range of doubles. */
    private static final double TINY = 1e-6;

    /** (1/Γ(1+μ) + 1/Γ(1−μ))/2 by powers of μ², the highest first. */
    private static final double[] EVEN = {
        -2.058326053566506783e-14,
        -3.696805618642205708e-12,
        1.04342671169110051e-10,
        5.00200764446922293e-9,
        -2.056338416977607103e-7,
        -1.250493482142670657e-6,
        0.0001280502823881161862,
        -0.001165167591859065112,
        -0.009621971527876973562,
        0.1665386113822914895,
        -0.6558780715202538811,
        1
    };

    /** (1/Γ(1−μ) − 1/Γ(1+μ))/2μ by powers of μ², the highest first. */
    private static final double[] ODD = {
        5.348122539423017982e-15,
        -5.100370287454475979e-13,
        -7.782263439905071254e-12,
        1.181274570487020145e-9,
        -6.116095104481415818e-9,
        -1.133027231981695882e-6,
        0.00002013485478078823866,
        0.0002152416741149509728,
        -0.007218943246663099542,
        0.04219773455554433675,
        0.04200263503409523553,
        -0.5772156649015328606
    };

    /** log K_ν(x). */
    final double logarithm;

    /** K_(ν+1)/K_ν. */
    final double above;

    /** K_(ν−1)/K_ν, for ν of at least ½. */
    final double below;

    private Temme(double logarithm, double above, double below) {
        this.logarithm = logarithm;
        this.above = above;
        this.below = below;
    }

    /** For ν of 0 or more and x above 0, up to {@link #UP_TO}. */
    static Temme of(double nu, double x) {
        int steps = (int) (nu + 0.5);
        double mu = nu - steps;
        double squared = mu * mu;
        double odd = polynomial(squared, ODD);
        double even = polynomial(squared, EVEN);
        double d = Math.log(2 / x);
        double e = mu * d;
        double up = Math.exp(e);
        double down = 1 / up;
        double turn = Math.PI * mu;
        double sine = Math.abs(turn) < 1e-8 ? 1 : turn / Math.sin(turn);
        double sinh = Math.abs(e) < 1 ? sinhOver(e) : (up - down) / (2 * e);
        double f = sine * (odd * 0.5 * (up + down) + even * sinh * d);
        double p = 0.5 * up / (even - mu * odd);
        double q = 0.5 * down / (even + mu * odd);
        double quarter = 0.25 * x * x;
        double c = 1;
        double sum = f;
        double next = p;
        for (int k = 1; k < 40; k++) {
            double inverse = 1 / (k * k - squared);
            f = (k * f + p + q) * inverse;
            c *= quarter / k;
            p *= (k + mu) * inverse;
            q *= (k - mu) * inverse;
            double term = c * f;
            sum += term;
            next += c * (p - k * f);
            if (term < 0x1p-55 * sum) {
                break;
            }
        }
        return upwards(mu, steps, x, sum, next * 2 / x);
    }

    /** r_(μ+1) = 2(μ + 1)/x + 1/r_μ, of the ratios r of neighbours. */
    private static Temme upwards(double mu, int steps, double x, double first, double second) {
        double ratio = second / first;
        double before = 0;
        // the ratios times x where they are huge
        double unit = x < TINY ? x : 1;
        double product = first;
        double twice = 2 / x;
        for (int j = 1; j <= steps; j++) {
            product *= ratio * unit;
            before = 1 / ratio;
            ratio = (mu + j) * twice + before;
        }
        double logarithm = Math.log(product);
        return new Temme(unit == 1 ? logarithm : logarithm - steps * Math.log(x), ratio, before);
    }

    /** sinh(e)/e near 0. */
    private static double sinhOver(double e) {
        double s = e * e;
        double sum = 1 + s * (1.0 / 210) * (1 + s * (1.0 / 272));
        sum = 1 + s * (1.0 / 110) * (1 + s * (1.0 / 156) * sum);
        return 1
                + s
                        * (1.0 / 6)
                        * (1 + s * (1.0 / 20) * (1 + s * (1.0 / 42) * (1 + s * (1.0 / 72) * sum)));
    }

    private static double polynomial(double x, double[] coefficients) {
        double y = coefficients[0];
        for (int k = 1; k < coefficients.length; k++) {
            y = Math.fma(y, x, coefficients[k]);
        }
        return y;
    }
}
