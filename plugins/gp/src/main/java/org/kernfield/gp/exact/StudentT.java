package org.kernfield.gp.exact;

import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.Map;

/**
 * Student-t processes: Gaussian processes whose covariance has a factor that nobody knows, inverse
 * gamma distributed with mean 1. With β = yᵀK⁻¹y the predictive covariance is (ν + β − 2)/(ν + n −
 * 2) times that of the Gaussian process, with ν + n degrees of freedom.
 *
 * <p>Source: A. Shah, A. G. Wilson, Z. Ghahramani, Student-t processes as alternatives to Gaussian
 * processes (2014), lemma 3 and equation 6.
 *
 * @param least degrees of freedom, above 2
 * @param most no fewer; the same where they are fixed
 */
public record StudentT(double least, double most) {
    /**
     * Degrees of freedom between which they are fitted; at the end nothing is left of the tails.
     */
    public static final double FEWEST = 2.01;

    public static final double MOST = 1e6;

    private static final String NU = "nu";
    private static final String ROWS = "n";
    private static final String SQUARE = "beta";
    private static final String VALUE = "gain";
    private static final Kernel GAIN = gain();
    private static final int PLACES = 64;
    private static final int HALVINGS = 60;

    /** Fixed degrees of freedom, or fitted ones for null. */
    public static StudentT of(Double degrees) {
        return degrees == null ? new StudentT(FEWEST, MOST) : new StudentT(degrees, degrees);
    }

    /** β/2 + ½n·log(2/(ν−2)) + log Γ((ν+n)/2) − log Γ(ν/2) − ½(ν+n)·log(1 + β/(ν−2)). */
    private static Kernel gain() {
        var k = Kernel.build("studentGain").precision(Precision.F64);
        Expr nu = k.uniform(NU);
        Expr n = k.uniform(ROWS);
        Expr square = k.uniform(SQUARE);
        Expr half = nu.plus(n).times(0.5);
        Expr gammas = half.lgamma().minus(nu.times(0.5).lgamma());
        Expr over = nu.minus(2);
        Expr tail = half.times(square.dividedBy(over).log1p());
        Expr scale = n.times(0.5).times(over.log().negate().plus(Math.log(2)));
        return k.output(VALUE, square.times(0.5).plus(scale).plus(gammas).minus(tail)).done();
    }

    /**
     * What is added to a Gaussian log marginal likelihood.
     *
     * @param square β
     */
    public static double gain(double degrees, int n, double square) {
        return GAIN.program()
                .evaluate(
                        Map.of(
                                NU, new double[] {degrees},
                                ROWS, new double[] {n},
                                SQUARE, new double[] {square}))[0];
    }

    /** The same for several targets. */
    public static double gain(double degrees, int n, double[] squares) {
        double sum = 0;
        for (double square : squares) {
            sum += gain(degrees, n, square);
        }
        return sum;
    }

    /** The most likely degrees of freedom. */
    public double degrees(int n, double[] squares) {
        if (least == most) {
            return least;
        }
        double low = Math.log(least - 2);
        double step = (Math.log(most - 2) - low) / PLACES;
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int place = 0; place <= PLACES; place++) {
            double value = gain(2 + Math.exp(low + place * step), n, squares);
            best = value > highest ? place : best;
            highest = Math.max(highest, value);
        }
        double from = low + Math.max(0, best - 1) * step;
        double to = low + Math.min(PLACES, best + 1) * step;
        return Math.clamp(2 + Math.exp(largest(from, to, n, squares)), least, most);
    }

    /** Golden section search. */
    private static double largest(double from, double to, int n, double[] squares) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = from;
        double high = to;
        for (int k = 0; k < HALVINGS; k++) {
            double a = high - ratio * (high - low);
            double b = low + ratio * (high - low);
            if (gain(2 + Math.exp(a), n, squares) >= gain(2 + Math.exp(b), n, squares)) {
                high = b;
            } else {
                low = a;
            }
        }
        return (low + high) / 2;
    }

    /** β of each target. */
    public static double[] squares(double[] alpha, double[] y, int targets) {
        var squares = new double[targets];
        for (int k = 0; k < y.length; k++) {
            squares[k % targets] += alpha[k] * y[k];
        }
        return squares;
    }

    /** What predictive covariances are multiplied by. */
    public static double scale(double degrees, int n, double square) {
        return (degrees + square - 2) / (degrees + n - 2);
    }
}
