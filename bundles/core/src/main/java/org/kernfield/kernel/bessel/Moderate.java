package org.kernfield.kernel.bessel;

import java.util.function.DoubleUnaryOperator;

/**
 * K_ν(x) for moderate x: of orders μ within ½ of 0 from tables of K_μ, −K′_μ and their derivatives
 * by μ, all times √(2x/π)eˣ and even in μ, then the recurrence upwards.
 *
 * <p>The tables are filled by the trapezoidal rule. The integrand is analytic and falls faster than
 * exponentially, so that halving the step squares the error.
 *
 * <p>Source: DLMF 10.32.9; L. N. Trefethen, J. A. C. Weideman, The exponentially convergent
 * trapezoidal rule (2014), section 5.
 */
final class Moderate {
    private static final double STEP = 1.0 / 8;

    /** Below, e to it is nothing beside 1. */
    private static final double LAST = -39;

    private static final int TERMS = 13;

    /** Ends of the tables in x; functions of 1/x are the smoother. */
    private static final double[] ENDS = {Temme.UP_TO, 4, 8, Debye.FROM};

    /** cosh(μt), for K_μ. */
    private static final Patch[] VALUES = tables(Math::cosh, t -> 1);

    /** cosh(μt) cosh t, for −K′_μ. */
    private static final Patch[] SLOPES = tables(Math::cosh, Math::cosh);

    /** The derivatives of both by μ, over μ. */
    private static final class ByOrder {
        static final Patch[] VALUES = tables(ByOrder::sinhOver, t -> t * t);
        static final Patch[] SLOPES = tables(ByOrder::sinhOver, t -> t * t * Math.cosh(t));

        private static double sinhOver(double e) {
            return e == 0 ? 1 : Math.sinh(e) / e;
        }
    }

    private Moderate() {}

    /** Tables over 1/x and μ² of {@link #scaled}. */
    private static Patch[] tables(DoubleUnaryOperator ofProduct, DoubleUnaryOperator ofT) {
        var tables = new Patch[ENDS.length - 1];
        for (int k = 0; k < tables.length; k++) {
            tables[k] =
                    new Patch(
                            (z, square) -> scaled(z, Math.sqrt(square), ofProduct, ofT),
                            1 / ENDS[k + 1],
                            1 / ENDS[k],
                            TERMS,
                            0,
                            0.25);
        }
        return tables;
    }

    /**
     * √(2x/π) ∫ exp(−x(cosh t − 1)) f(μt) g(t) dt over t from 0 on.
     *
     * @param z 1/x
     */
    private static double scaled(
            double z, double mu, DoubleUnaryOperator f, DoubleUnaryOperator g) {
        double sum = 0.5 * f.applyAsDouble(0) * g.applyAsDouble(0);
        double exponent = 0;
        for (int j = 1; exponent > LAST; j++) {
            double t = j * STEP;
            double half = Math.sinh(t / 2);
            exponent = -2 * half * half / z;
            sum += Math.exp(exponent) * f.applyAsDouble(mu * t) * g.applyAsDouble(t);
        }
        return sum * STEP * Math.sqrt(2 / (Math.PI * z));
    }

    private static int table(double x) {
        return x < ENDS[1] ? 0 : x < ENDS[2] ? 1 : 2;
    }

    /** For ν of 0 or more and x between {@link Temme#UP_TO} and {@link Debye#FROM}. */
    static Neighbours of(double nu, double x) {
        int steps = (int) (nu + 0.5);
        double mu = nu - steps;
        int table = table(x);
        double z = 1 / x;
        double first = VALUES[table].value(z, mu * mu);
        double second = Math.fma(mu * z, first, SLOPES[table].value(z, mu * mu));
        return Neighbours.upwards(mu, steps, x, first, second, 1);
    }

    /** d/dν log K_ν(x). */
    static double byOrder(double nu, double x) {
        int steps = (int) (nu + 0.5);
        double mu = nu - steps;
        int table = table(x);
        double z = 1 / x;
        double square = mu * mu;
        double first = VALUES[table].value(z, square);
        double second = Math.fma(mu * z, first, SLOPES[table].value(z, square));
        double firstSlope = mu * ByOrder.VALUES[table].value(z, square);
        double slopeSlope = mu * ByOrder.SLOPES[table].value(z, square);
        double secondSlope = slopeSlope + z * Math.fma(mu, firstSlope, first);
        return Neighbours.byOrder(mu, steps, x, first, second, firstSlope, secondSlope, 1);
    }

    /** log of a sum of {@link #of}, its factor taken out. */
    static double logarithm(double sum, double x) {
        return Math.log(sum * Math.sqrt(0.5 * Math.PI / x)) - x;
    }
}
