package org.kernfield.kernel.bessel;

/** exp for arguments of −700 to 0, to 1.5 ulp, where the library's call is most of the time. */
final class Exponential {
    private static final double LOG2_E = 1.4426950408889634;

    /** log 2 in two parts, the first with so many zeros that small multiples are exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    private static final double ROUND = 0x1.8p52;

    private Exponential() {}

    /** 2ⁿ eʳ with |r| ≤ ½ log 2 and the Taylor series of eʳ. */
    static double of(double x) {
        if (x < -700) {
            return 0;
        }
        double shifted = x * LOG2_E + ROUND;
        double n = shifted - ROUND;
        double r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, x));
        double r2 = r * r;
        double r4 = r2 * r2;
        double a = Math.fma(r, 1.0 / 6, 0.5);
        double b = Math.fma(r, 1.0 / 120, 1.0 / 24);
        double c = Math.fma(r, 1.0 / 5040, 1.0 / 720);
        double d = Math.fma(r, 1.0 / 362880, 1.0 / 40320);
        double e = Math.fma(r, 1.0 / 39916800, 1.0 / 3628800);
        double low = Math.fma(r2, b, a);
        double high = Math.fma(r4, Math.fma(r2, 1.0 / 479001600, e), Math.fma(r2, d, c));
        double power = 1 + Math.fma(r2, Math.fma(r4, high, low), r);
        long exponent = Double.doubleToRawLongBits(shifted) << 52;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(power) + exponent);
    }
}
