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

    /** Below, K of orders up to {@link Debye#FROM} leaves the range of doubles. */
    private static final double TINY = 1e-10;

    private static final int MOST_TERMS = 40;
    private static final double LAST = 0x1p-55;

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

    private final double x;
    private final int steps;
    private final double mu;

    /** log(2/x). */
    private final double d;

    /** Of {@link #EVEN} and {@link #ODD}. */
    private final double even;

    private final double odd;

    /** 1/Γ(1 + μ) and 1/Γ(1 − μ). */
    private final double gammaAbove;

    private final double gammaBelow;

    /** cosh(μd) and sinh(μd)/(μd). */
    private final double cosh;

    private final double sinhOver;

    /** f₀, p₀ and q₀ of the series. */
    private final double f;

    private final double p;
    private final double q;

    private Temme(double nu, double x) {
        this.x = x;
        steps = (int) (nu + 0.5);
        mu = nu - steps;
        odd = polynomial(mu * mu, ODD);
        even = polynomial(mu * mu, EVEN);
        gammaAbove = even - mu * odd;
        gammaBelow = even + mu * odd;
        d = x > Double.MIN_NORMAL ? Math.log(2 / x) : Math.log(2) - Math.log(x);
        double e = mu * d;
        double up = Math.exp(e);
        double down = 1 / up;
        cosh = 0.5 * (up + down);
        sinhOver = Math.abs(e) < 1 ? sinhOver(e) : (up - down) / (2 * e);
        f = (odd * cosh + even * sinhOver * d) / (gammaAbove * gammaBelow);
        p = 0.5 * up / gammaAbove;
        q = 0.5 * down / gammaBelow;
    }

    /** For ν of 0 or more and x above 0, up to {@link #UP_TO}. */
    static Neighbours of(double nu, double x) {
        return new Temme(nu, x).neighbours();
    }

    /** d/dν log K_ν(x). */
    static double byOrder(double nu, double x) {
        return new Temme(nu, x).byOrder();
    }

    /** log K_ν of {@link #of}. */
    static double logarithm(Neighbours k, double nu) {
        double logarithm = Math.log(k.at());
        return k.unit() == 1 ? logarithm : logarithm - (int) (nu + 0.5) * Math.log(k.unit());
    }

    private double unit() {
        return x < TINY ? x : 1;
    }

    private Neighbours neighbours() {
        double f = this.f;
        double p = this.p;
        double q = this.q;
        double quarter = 0.25 * x * x;
        double c = 1;
        double sum = f;
        double next = p;
        for (int k = 1; k < MOST_TERMS; k++) {
            double inverse = 1 / (k * k - mu * mu);
            f = (k * f + p + q) * inverse;
            c *= quarter / k;
            p *= (k + mu) * inverse;
            q *= (k - mu) * inverse;
            double term = c * f;
            sum += term;
            next += c * (p - k * f);
            if (term < LAST * sum) {
                break;
            }
        }
        double unit = unit();
        return Neighbours.upwards(mu, steps, x, sum, 2 * next * (unit / x), unit);
    }

    /**
     * The same with the derivatives of each line by μ. p − q and the slopes of f and of p + q,
     * which are as small as μ, are carried apart, so that they keep their last digits.
     */
    private double byOrder() {
        double gammas = gammaAbove * gammaBelow;
        double evenSlope = 2 * mu * slope(mu * mu, EVEN);
        double oddSlope = 2 * mu * slope(mu * mu, ODD);
        double turned = odd + mu * oddSlope;
        double gammasSlope = 2 * (even * evenSlope - mu * odd * turned) / gammas;
        double e = mu * d;
        double sinh = e * sinhOver;
        double sinhSlope = Math.abs(e) < 1 ? sinhOverSlope(e) : (cosh - sinhOver) / e;
        double f = this.f;
        double p = this.p;
        double q = this.q;
        double fSlope = oddSlope * cosh + odd * d * sinh;
        fSlope += d * (evenSlope * sinhOver + even * d * sinhSlope);
        fSlope = fSlope / gammas - f * gammasSlope;
        double difference = (even * sinh + mu * odd * cosh) / gammas;
        double sumSlope = (evenSlope * cosh + turned * sinh) / gammas;
        sumSlope += d * difference - (p + q) * gammasSlope;
        double pSlope = p * (d - (evenSlope - turned) / gammaAbove);
        double qSlope = -q * (d + (evenSlope + turned) / gammaBelow);
        double quarter = 0.25 * x * x;
        double c = 1;
        double first = f;
        double second = p;
        double firstSlope = fSlope;
        double secondSlope = pSlope;
        for (int k = 1; k < MOST_TERMS; k++) {
            double inverse = 1 / (k * k - mu * mu);
            double twice = 2 * mu * inverse;
            f = (k * f + p + q) * inverse;
            fSlope = (k * fSlope + sumSlope) * inverse + twice * f;
            sumSlope = (k * sumSlope + difference + mu * (pSlope - qSlope)) * inverse;
            difference = (k * difference + mu * (p + q)) * inverse;
            p *= (k + mu) * inverse;
            q *= (k - mu) * inverse;
            sumSlope += twice * (p + q);
            pSlope = (pSlope + p) * (k + mu) * inverse;
            qSlope = (qSlope - q) * (k - mu) * inverse;
            c *= quarter / k;
            first += c * f;
            firstSlope += c * fSlope;
            second += c * (p - k * f);
            secondSlope += c * (pSlope - k * fSlope);
            if (c * f < LAST * first) {
                break;
            }
        }
        double unit = unit();
        double twice = 2 * (unit / x);
        return Neighbours.byOrder(
                mu, steps, x, first, twice * second, firstSlope, twice * secondSlope, unit);
    }

    /** The derivative of sinh(e)/e near 0, Σ 2k e^(2k−1)/(2k + 1)!. */
    private static double sinhOverSlope(double e) {
        double s = e * e;
        double sum = 0;
        double factorial = e / 6;
        for (int k = 1; k < 10; k++) {
            sum += 2 * k * factorial;
            factorial *= s / ((2 * k + 2) * (2 * k + 3));
        }
        return sum;
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

    private static double slope(double x, double[] coefficients) {
        double y = 0;
        int degree = coefficients.length - 1;
        for (int k = 0; k < degree; k++) {
            y = Math.fma(y, x, coefficients[k] * (degree - k));
        }
        return y;
    }
}
