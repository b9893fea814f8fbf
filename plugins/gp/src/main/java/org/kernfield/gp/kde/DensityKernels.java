package org.kernfield.gp.kde;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Vec;

/**
 * The formulas. With h_k the bandwidth of column k,
 *
 * <pre>
 * log p(x) = log Σ_j exp(−½ Σ_k ((x_k − y_jk)/h_k)²) − log n − Σ_k log h_k − (d/2) log 2π
 * </pre>
 */
final class DensityKernels {
    static final String X = "x";
    static final String Y = "y";

    /** Reciprocal bandwidths. */
    static final String RATE = "rate";

    static final String ROW = "row";
    static final String OTHER = "other";
    static final String VALUE = "value";
    static final String TWICE = "twice";

    private DensityKernels() {}

    /** The exponent of a pair. */
    static Kernel exponent(int columns) {
        var k = Kernel.build("density").precision(Precision.F64);
        Vec x = k.input(X, columns);
        Vec y = k.param(Y, columns);
        return k.output(VALUE, exponent(x, y, k.uniform(RATE, columns))).done();
    }

    /** The exponent of a pair of rows of one table, −∞ for a row and itself. */
    static Kernel others(int columns) {
        var k = Kernel.build("density of the others").precision(Precision.F64);
        Vec x = k.input(X, columns);
        Expr row = k.input(ROW);
        Vec y = k.param(Y, columns);
        Expr other = k.param(OTHER);
        Expr exponent = exponent(x, y, k.uniform(RATE, columns));
        return k.output(VALUE, apart(row, other, exponent)).done();
    }

    /** As {@link #others}, and twice that. */
    static Kernel squares(int columns) {
        var k = Kernel.build("weights of the others").precision(Precision.F64);
        Vec x = k.input(X, columns);
        Expr row = k.input(ROW);
        Vec y = k.param(Y, columns);
        Expr other = k.param(OTHER);
        Expr exponent = exponent(x, y, k.uniform(RATE, columns));
        k.output(VALUE, apart(row, other, exponent));
        return k.output(TWICE, apart(row, other, exponent.times(2))).done();
    }

    /**
     * The derivative of order 4 and 6 of the standard normal density, for x and y in units of h.
     */
    static Kernel derivative(int order) {
        var k = Kernel.build("derivative " + order + " of the normal density");
        k.precision(Precision.F64);
        Expr s = k.input(X).minus(k.param(Y)).times(k.uniform(RATE)).square();
        // Hermite polynomials He₄ and He₆ of u = √s
        Expr hermite =
                order == 4
                        ? s.minus(6).times(s).plus(3)
                        : s.minus(15).times(s).plus(45).times(s).minus(15);
        Expr density = s.times(-0.5).exp().times(1 / Math.sqrt(2 * Math.PI));
        return k.output(VALUE, hermite.times(density)).done();
    }

    private static Expr exponent(Vec x, Vec y, Vec rate) {
        return x.sqdist(y, rate).times(-0.5);
    }

    private static Expr apart(Expr row, Expr other, Expr exponent) {
        return row.minus(other)
                .abs()
                .lessThan(Expr.of(0.5))
                .select(Expr.of(Double.NEGATIVE_INFINITY), exponent);
    }
}
