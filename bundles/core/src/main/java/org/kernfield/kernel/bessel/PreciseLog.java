package org.kernfield.kernel.bessel;

/**
 * Logarithms as unevaluated sums of two doubles, to 2⁻⁶⁵ or so of max(1, |log|): a table of 128
 * reciprocals with nine bits, and the series of log(1 + r) for the rest.
 */
final class PreciseLog {
    private static final int BITS = 7;
    private static final int SIZE = 1 << BITS;
    private static final double[] RECIPROCAL = new double[SIZE];
    private static final double[] HIGH = new double[SIZE];
    private static final double[] LOW = new double[SIZE];

    /** log 2 in two parts. */
    private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;

    private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

    final double high;
    final double low;

    static {
        for (int i = 0; i < SIZE; i++) {
            double c = Math.rint(SIZE * 4 / (1 + (i + 0.5) / SIZE)) / (SIZE * 4);
            RECIPROCAL[i] = c;
            tabulate(i, c);
        }
    }

    private PreciseLog(double high, double low) {
        this.high = high;
        this.low = low;
    }

    /** −log c = 2 atanh((1 − c)/(1 + c)), summed from its last term in pairs of doubles. */
    private static void tabulate(int i, double c) {
        double z = (1 - c) / (1 + c);
        // 1 − c and 1 + c are exact: c has eleven bits
        double zLow = Math.fma(-z, 1 + c, 1 - c) / (1 + c);
        double square = z * z;
        double squareLow = Math.fma(z, z, -square) + 2 * z * zLow;
        double high = 0;
        double low = 0;
        for (int k = 41; k >= 1; k -= 2) {
            double product = high * square;
            double productLow = Math.fma(high, square, -product) + high * squareLow + low * square;
            double term = 1.0 / k;
            double termLow = Math.fma(-term, k, 1) / k;
            high = product + term;
            low = product - (high - term) + productLow + termLow;
        }
        double sum = 2 * z * high;
        HIGH[i] = sum;
        LOW[i] = Math.fma(2 * z, high, -sum) + 2 * z * low + 2 * zLow * high;
    }

    /** log(y + yLow) for a normal y > 0 and |yLow| ≤ ulp(y). */
    static PreciseLog of(double y, double yLow) {
        int exponent = Math.getExponent(y);
        double scale =
                exponent < Double.MAX_EXPONENT
                        ? Double.longBitsToDouble((long) (1023 - exponent) << 52)
                        : 0x1p-1023;
        double m = y * scale;
        double mLow = yLow * scale;
        int i = (int) (Double.doubleToRawLongBits(m) >>> (52 - BITS)) & (SIZE - 1);
        double c = RECIPROCAL[i];
        double product = m * c;
        double r = product - 1;
        double rLow = Math.fma(m, c, -product) + mLow * c;
        double half = 0.5 * r * r;
        double halfLow = 0.5 * Math.fma(r, r, -2 * half) + r * rLow;
        double tail = 1.0 / 9 - r * (1.0 / 10);
        tail = 1.0 / 8 - r * tail;
        tail = 1.0 / 7 - r * tail;
        tail = 1.0 / 6 - r * tail;
        tail = 1.0 / 5 - r * tail;
        tail = 1.0 / 4 - r * tail;
        tail = r * r * r * (1.0 / 3 - r * tail);
        double whole = exponent * LN2_HIGH;
        double wholeLow = Math.fma(exponent, LN2_HIGH, -whole) + exponent * LN2_LOW;
        double a = whole + HIGH[i];
        double aLow = error(whole, HIGH[i], a) + wholeLow + LOW[i];
        double b = a + r;
        double bLow = error(a, r, b) + rLow;
        double d = b - half;
        double dLow = error(b, -half, d) - halfLow;
        double rest = aLow + bLow + dLow + tail;
        double high = d + rest;
        return new PreciseLog(high, error(d, rest, high));
    }

    /** What rounding took from a + b = sum, whichever is larger. */
    static double error(double a, double b, double sum) {
        double part = sum - a;
        return a - (sum - part) + (b - part);
    }
}
