package org.kernfield.kernel.bessel;

import org.kernfield.kernel.Op;

/**
 * log I_ν(x), log K_ν(x) and their derivatives, for ν ≥ 0 and x ≥ 0; NaN below, though K takes
 * orders below 0, in which it is even.
 *
 * <p>For ν up to 10⁴ and x from 10⁻¹⁰ to 10⁶ the values are within 10⁻¹⁴ · max(1, |value|), and
 * derivatives within 10⁻¹² · max(10⁻³, |value|). Orders and arguments above 10¹⁵⁴ give NaN.
 */
public final class LogBessel {
    private LogBessel() {}

    /** log K_ν(x); +∞ at x = 0, −∞ at +∞. */
    public static double logK(double order, double x) {
        double nu = Math.abs(order);
        if (!isInside(nu, x)) {
            return limit(nu, x, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
        if (isNear0(nu, x)) {
            return Temme.logarithm(Temme.of(nu, x), nu);
        }
        if (isSmall(nu, x)) {
            return Moderate.logarithm(Moderate.of(nu, x).at(), x);
        }
        Phase p = Phase.of(nu, x);
        double sum = 1 + Debye.sum(p, -1);
        return p.exponent() + 0.5 * Math.log(0.5 * Math.PI * sum * sum / p.h());
    }

    /** log I_ν(x); at x = 0 it is 0 for ν = 0, else −∞. */
    public static double logI(double nu, double x) {
        if (!(nu >= 0) || !isInside(nu, x)) {
            double atZero = nu > 0 ? Double.NEGATIVE_INFINITY : 0;
            return nu >= 0 ? limit(nu, x, atZero, Double.POSITIVE_INFINITY) : Double.NaN;
        }
        if (isNear0(nu, x)) {
            double first = nu * Math.log(0.5 * x) - Op.LGAMMA.apply(nu + 1, 0, 0);
            return first + Math.log1p(PowerSeries.rest(nu, x));
        }
        if (isSmall(nu, x)) {
            // I_ν (K_(ν+1) + K_ν I_(ν+1)/I_ν) = 1/x, DLMF 10.28.2
            Neighbours k = Moderate.of(nu, x);
            double sum = k.above() + k.at() * PowerSeries.ratio(nu, x);
            return -Moderate.logarithm(sum * x, x);
        }
        Phase p = Phase.of(nu, x);
        double sum = 1 + Debye.sum(p, 1);
        return 0.5 * Math.log(sum * sum / (2 * Math.PI * p.h())) - p.exponent();
    }

    /** d/dx log K_ν(x), below 0; −∞ at x = 0, −1 at +∞. */
    public static double logKByX(double order, double x) {
        double nu = Math.abs(order);
        if (!isInside(nu, x)) {
            return limit(nu, x, Double.NEGATIVE_INFINITY, -1);
        }
        if (isNear0(nu, x)) {
            return Temme.of(nu, x).byArgument(nu, x);
        }
        if (isSmall(nu, x)) {
            return Moderate.of(nu, x).byArgument(nu, x);
        }
        Phase p = Phase.of(nu, x);
        return -p.h() / x * (1 + Debye.slopes(p, -1)) / (1 + Debye.sum(p, -1));
    }

    /** d/dx log I_ν(x), 0 or more; at x = 0 it is 0 for ν = 0, else +∞; 1 at +∞. */
    public static double logIByX(double nu, double x) {
        if (!(nu >= 0) || !isInside(nu, x)) {
            double atZero = nu > 0 ? Double.POSITIVE_INFINITY : 0;
            return nu >= 0 ? limit(nu, x, atZero, 1) : Double.NaN;
        }
        if (isSmall(nu, x)) {
            return nu / x + PowerSeries.ratio(nu, x);
        }
        Phase p = Phase.of(nu, x);
        return p.h() / x * (1 + Debye.slopes(p, 1)) / (1 + Debye.sum(p, 1));
    }

    /** d/dν log K_ν(x), odd in ν; +∞ at x = 0 and ν above 0, 0 at x = +∞. */
    public static double logKByOrder(double order, double x) {
        double nu = Math.abs(order);
        double sign = order < 0 ? -1 : 1;
        if (!isInside(nu, x)) {
            return sign * limit(nu, x, nu > 0 ? Double.POSITIVE_INFINITY : 0, 0);
        }
        if (isNear0(nu, x)) {
            return sign * Temme.byOrder(nu, x);
        }
        if (isSmall(nu, x)) {
            return sign * Moderate.byOrder(nu, x);
        }
        Phase p = Phase.of(nu, x);
        return sign * (p.t() + byOrder(p, -1));
    }

    /** d/dν log I_ν(x), below 0; −∞ at x = 0, 0 at +∞. */
    public static double logIByOrder(double nu, double x) {
        if (!(nu >= 0) || !isInside(nu, x)) {
            return nu >= 0 ? limit(nu, x, Double.NEGATIVE_INFINITY, 0) : Double.NaN;
        }
        if (isSmall(nu, x)) {
            double first = Math.log(0.5 * x) - Op.DIGAMMA.apply(nu + 1, 0, 0);
            return first - PowerSeries.meanDigamma(nu, x);
        }
        Phase p = Phase.of(nu, x);
        return -p.t() + byOrder(p, 1);
    }

    /** Of −½ log h and the expansion. */
    private static double byOrder(Phase p, int sign) {
        double ratio = p.nu() / p.h();
        return Debye.byOrder(p, sign) - 0.5 * ratio / p.h();
    }

    private static boolean isNear0(double nu, double x) {
        return x <= Temme.UP_TO && nu < Debye.FROM;
    }

    /** Whether √(ν² + x²) is too small for the expansions. */
    private static boolean isSmall(double nu, double x) {
        return nu * nu + x * x < Debye.FROM * Debye.FROM;
    }

    private static boolean isInside(double nu, double x) {
        return x > 0 && x < Double.POSITIVE_INFINITY && nu < Double.POSITIVE_INFINITY;
    }

    private static double limit(double nu, double x, double atZero, double atInfinity) {
        if (!(nu < Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        return x == 0 ? atZero : x == Double.POSITIVE_INFINITY ? atInfinity : Double.NaN;
    }
}
