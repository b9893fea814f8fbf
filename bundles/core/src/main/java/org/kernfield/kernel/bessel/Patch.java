package org.kernfield.kernel.bessel;

import java.util.function.DoubleBinaryOperator;

/**
 * A polynomial of two variables that stands for a smooth function on a rectangle: through its
 * values at the roots of Chebyshev's polynomials, written by powers.
 *
 * <p>Writing by powers costs no digits where Chebyshev's coefficients fall by more than two from
 * one degree to the next, as those of functions do that are analytic far beyond the rectangle.
 *
 * <p>Source: L. N. Trefethen, Approximation Theory and Approximation Practice (2013), chapters 3
 * and 4.
 */
final class Patch {
    /** Powers of the second variable. */
    private static final int WIDTH = 7;

    private final double middle;
    private final double inverseHalf;
    private final double otherMiddle;
    private final double otherInverseHalf;

    /** The highest power of the first variable first, of each the highest of the second. */
    private final double[] coefficients;

    /**
     * @param low least a
     * @param high largest a
     * @param terms powers of a
     * @param otherLow least b
     * @param otherHigh largest b
     */
    Patch(
            DoubleBinaryOperator f,
            double low,
            double high,
            int terms,
            double otherLow,
            double otherHigh) {
        middle = 0.5 * (low + high);
        inverseHalf = 2 / (high - low);
        otherMiddle = 0.5 * (otherLow + otherHigh);
        otherInverseHalf = 2 / (otherHigh - otherLow);
        var values = new double[terms][WIDTH];
        for (int i = 0; i < terms; i++) {
            double a = middle + root(i, terms) / inverseHalf;
            for (int j = 0; j < WIDTH; j++) {
                double b = otherMiddle + root(j, WIDTH) / otherInverseHalf;
                values[i][j] = f.applyAsDouble(a, b);
            }
        }
        double[][] powers = powers(values);
        coefficients = new double[terms * WIDTH];
        for (int i = 0; i < terms; i++) {
            for (int j = 0; j < WIDTH; j++) {
                coefficients[(terms - 1 - i) * WIDTH + WIDTH - 1 - j] = powers[i][j];
            }
        }
    }

    /** cos(π(i + ½)/n). */
    private static double root(int i, int n) {
        return Math.cos(Math.PI * (i + 0.5) / n);
    }

    /** Chebyshev's coefficients first: taken in one, rounding would grow by those of T. */
    private static double[][] powers(double[][] values) {
        double[][] cosines = cosines(values.length);
        double[][] otherCosines = cosines(values[0].length);
        double[][] chebyshev = times(times(cosines, values), transposed(otherCosines));
        double[][] along = times(transposed(polynomials(values.length)), chebyshev);
        return times(along, polynomials(values[0].length));
    }

    /** What takes values at the n roots to Chebyshev's coefficients. */
    private static double[][] cosines(int n) {
        var cosines = new double[n][n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                cosines[k][i] = (k == 0 ? 1.0 : 2.0) / n * Math.cos(Math.PI * k * (i + 0.5) / n);
            }
        }
        return cosines;
    }

    /** T_(k+1) = 2t T_k − T_(k−1), a row each, the lowest power first. */
    private static double[][] polynomials(int n) {
        var t = new double[n][n];
        t[0][0] = 1;
        for (int k = 1; k < n; k++) {
            for (int power = 0; power < n; power++) {
                double raised = power == 0 ? 0 : t[k - 1][power - 1];
                t[k][power] = k == 1 ? raised : 2 * raised - t[k - 2][power];
            }
        }
        return t;
    }

    private static double[][] transposed(double[][] a) {
        var transposed = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    private static double[][] times(double[][] a, double[][] b) {
        var product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    double value(double a, double b) {
        double s = (a - middle) * inverseHalf;
        double t = (b - otherMiddle) * otherInverseHalf;
        double t2 = t * t;
        double[] c = coefficients;
        double sum = 0;
        for (int k = 0; k < c.length; k += WIDTH) {
            double low = Math.fma(t, c[k + 5], c[k + 6]);
            double high = Math.fma(t2, Math.fma(t2, c[k], c[k + 2]), c[k + 4]);
            double odd = Math.fma(t2, c[k + 1], c[k + 3]);
            sum = Math.fma(sum, s, Math.fma(t2, Math.fma(t, odd, high), low));
        }
        return sum;
    }
}
