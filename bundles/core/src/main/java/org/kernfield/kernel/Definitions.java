package org.kernfield.kernel;

import java.util.List;
import java.util.Optional;

/**
 * Operations written with simpler ones, for backends without code of their own for them. Both
 * precisions take the same formulas with polynomials of their own.
 */
final class Definitions {
    private static final Expr ZERO = Expr.of(0);
    private static final Expr ONE = Expr.of(1);
    private static final Expr INFINITY = Expr.of(Double.POSITIVE_INFINITY);
    private static final Expr NAN = Expr.of(Double.NaN);

    /** π/8: beyond its tangent an angle is taken from π/4 on. */
    private static final double TAN_PI_8 = Math.sqrt(2) - 1;

    private Definitions() {}

    static Optional<Expr> of(Op op, Precision precision, List<Expr> operands) {
        var c = Coefficients.of(precision);
        Expr a = operands.getFirst();
        return Optional.ofNullable(
                switch (op) {
                    case EXPM1 -> expm1(a);
                    case LOG1P -> log1p(a);
                    case POW -> pow(a, operands.get(1));
                    case ATAN2 -> atan2(a, operands.get(1), c);
                    case ACOS -> ONE.minus(a).times(ONE.plus(a)).sqrt().atan2(a);
                    case ERF -> erf(a, c);
                    case LGAMMA -> lgamma(a, c);
                    case DIGAMMA -> digamma(a, c);
                    case SIGMOID -> {
                        Expr e = a.abs().negate().exp();
                        yield a.lessThan(ZERO).select(e, ONE).dividedBy(ONE.plus(e));
                    }
                    case SOFTPLUS -> a.max(ZERO).plus(a.abs().negate().exp().log1p());
                    default -> null;
                });
    }

    /** The error of u = exp(a) cancels in (u − 1)·a / log u; W. Kahan's formula. */
    private static Expr expm1(Expr a) {
        Expr u = a.exp();
        Expr below = u.minus(ONE);
        Expr value = below.times(a.dividedBy(u.log()));
        Expr bounded = below.atMost(Expr.of(-1)).select(Expr.of(-1), value);
        return u.lessThan(INFINITY).select(equal(u, ONE, a, bounded), u);
    }

    /** The rounding of u = 1 + a cancels in log(u)·a / (u − 1). */
    private static Expr log1p(Expr a) {
        Expr u = a.plus(ONE);
        Expr value = u.log().times(a.dividedBy(u.minus(ONE)));
        return u.lessThan(INFINITY).select(equal(u, ONE, a, value), u);
    }

    private static Expr equal(Expr x, Expr y, Expr then, Expr otherwise) {
        return x.atMost(y).select(y.atMost(x).select(then, otherwise), otherwise);
    }

    private static Expr pow(Expr a, Expr b) {
        Expr magnitude = b.times(a.abs().log()).exp();
        Expr half = b.times(0.5);
        Expr signed = equal(half, half.floor(), magnitude, magnitude.negate());
        Expr negative = equal(b, b.floor(), signed, NAN);
        return equal(b, ZERO, ONE, a.lessThan(ZERO).select(negative, magnitude));
    }

    private static Expr atan2(Expr y, Expr x, Coefficients c) {
        Expr far = x.abs().max(y.abs());
        Expr near = x.abs().min(y.abs());
        Expr ratio = INFINITY.atMost(near).select(ONE, near.dividedBy(far));
        Expr z = far.atMost(ZERO).select(ZERO, ratio);
        Condition isSteep = Expr.of(TAN_PI_8).lessThan(z);
        Expr r = isSteep.select(z.minus(ONE).dividedBy(z.plus(ONE)), z);
        Expr angle =
                isSteep.select(Expr.of(Math.PI / 4), ZERO)
                        .plus(r.times(polynomial(r.square(), c.arcTangent())));
        Expr first = x.abs().lessThan(y.abs()).select(Expr.of(Math.PI / 2).minus(angle), angle);
        Expr upper = x.lessThan(ZERO).select(Expr.of(Math.PI).minus(first), first);
        return y.lessThan(ZERO).select(upper.negate(), upper);
    }

    private static Expr erf(Expr x, Coefficients c) {
        Expr a = x.abs();
        Expr b = a.min(Expr.of(c.erfEnd()));
        Expr t = Expr.of(2).dividedBy(b.plus(2));
        Expr tail = t.times(polynomial(t, c.erfLarge())).times(b.square().negate().exp());
        Expr large = ONE.minus(tail);
        Expr signed = x.lessThan(ZERO).select(large.negate(), large);
        Expr small = x.times(polynomial(b.square(), c.erfSmall()));
        return a.atMost(ONE).select(small, signed);
    }

    private static Expr lgamma(Expr x, Coefficients c) {
        Condition isSmall = x.lessThan(ONE);
        Expr y = isSmall.select(x.plus(ONE), x);
        Expr product = ONE;
        Expr two = Expr.of(2);
        for (int k = 2; k < c.stirlingFrom(); k++) {
            Expr below = y.minus(ONE);
            Condition isLarge = two.atMost(y);
            product = isLarge.select(product.times(below), product);
            y = isLarge.select(below, y);
        }
        Condition isSeries = Expr.of(c.stirlingFrom()).atMost(x);
        Expr log = isSeries.select(x, isSmall.select(x, product)).log();
        Expr base =
                y.minus(ONE)
                        .times(y.minus(two))
                        .times(polynomial(y.times(2).minus(3), c.logGamma()));
        Expr low = base.plus(isSmall.select(log.negate(), log));
        Expr reciprocal = ONE.dividedBy(x);
        Expr series = polynomial(reciprocal.square(), c.stirling()).times(reciprocal);
        Expr high =
                x.minus(0.5)
                        .times(log)
                        .minus(x)
                        .plus(series.plus(SpecialFunctions.HALF_LOG_TWO_PI));
        return INFINITY.atMost(x).select(x, isSeries.select(high, low));
    }

    /** Σ 1/(x + k) is kept as one fraction. */
    private static Expr digamma(Expr x, Coefficients c) {
        Expr y = x;
        Expr above = ZERO;
        Expr below = ONE;
        for (int k = 0; k < c.digammaFrom(); k++) {
            Condition isSmall = y.lessThan(Expr.of(c.digammaFrom()));
            Expr shifted = y.plus(ONE);
            above = isSmall.select(above.times(y).plus(below), above);
            below = isSmall.select(below.times(y), below);
            y = isSmall.select(shifted, y);
        }
        Expr reciprocal = ONE.dividedBy(y);
        Expr z = reciprocal.square();
        Expr tail = z.times(polynomial(z, c.bernoulli())).plus(reciprocal.times(0.5));
        Expr value = y.log().minus(tail.plus(above.dividedBy(below)));
        return x.lessThan(ZERO).select(NAN, value);
    }

    private static Expr polynomial(Expr x, double[] coefficients) {
        Expr y = Expr.of(coefficients[0]);
        for (int k = 1; k < coefficients.length; k++) {
            y = y.fma(x, Expr.of(coefficients[k]));
        }
        return y;
    }
}
