package org.kernfield.cpu.internal.code;

/**
 * The elementary functions as straight-line vector code, so that a program's bits do not depend on
 * whether it runs interpreted or compiled. Polynomials are Chebyshev interpolants in float64
 * rounded to float32; the largest errors stand beside each function and are tested.
 */
final class Elementary {
    /** 1.5 · 2²³: adding it leaves the nearest integer in the low bits. */
    private static final double ROUND = 12582912.0;

    /** Rounded to float32 it is off by 1.9e-9. */
    private static final double LN2 = 0.6931471805599453;

    private static final double LN2_HIGH = 0.693359375;
    private static final double LN2_LOW = -2.12194440054690583e-4;
    private static final double LOG2_E = 1.4426950408889634;

    private final VectorCode v;

    Elementary(VectorCode v) {
        this.v = v;
    }

    /**
     * eᵃ within 3 ulp; 0 below −87.3 (no denormals), +∞ above 88.72. A NaN stays one: its shifted
     * low bits are zero.
     *
     * @param nonPositive whether a ≤ 0 is known, so that it cannot overflow
     */
    int exp(int a, boolean nonPositive) {
        int y = boundedExp(a);
        y = v.select(v.less(a, v.constant(-87.3)), v.constant(0), y);
        if (nonPositive) {
            return y;
        }
        int overflow = v.less(v.constant(88.72), a);
        return v.select(overflow, v.constant(Float.POSITIVE_INFINITY), y);
    }

    /** eᵃ for a in [−87, 88], anything elsewhere: a = n ln 2 + r, eʳ by a polynomial, times 2ⁿ. */
    private int boundedExp(int a) {
        int z = v.fma(a, v.constant(LOG2_E), v.constant(ROUND));
        int n = v.subtract(z, v.constant(ROUND));
        int r = v.fma(n, v.constant(-LN2_HIGH), a);
        return expOfRemainder(v.fma(n, v.constant(-LN2_LOW), r), z);
    }

    /**
     * e^(k·s) for k·s in [−87, 0], anything elsewhere; relative error below 2e-7 + 2e-9·|k·s|. Made
     * for the innermost loop of truncated kernels: both products start at once, and ln 2 is one
     * number.
     */
    int boundedExp(double k, int s) {
        int z = v.fma(s, v.constant(k * LOG2_E), v.constant(ROUND));
        int n = v.subtract(z, v.constant(ROUND));
        int r = v.fma(n, v.constant(-LN2), v.multiply(s, v.constant(k)));
        return expOfRemainder(r, z);
    }

    /** eʳ · 2ⁿ, n in the low bits of z. */
    private int expOfRemainder(int r, int z) {
        float[] c = Coefficients.EXP;
        // two halves at a time rather than Horner's chain: the latency counts here
        int r2 = v.multiply(r, r);
        int high = v.fma(r, v.constant(c[0]), v.constant(c[1]));
        int low = v.fma(r, v.constant(c[2]), v.constant(c[3]));
        int p = v.fma(r2, v.fma(r2, high, low), v.add(r, v.constant(1)));
        return v.addShiftedBits(p, z, 23);
    }

    /** ln a within 2 ulp; −∞ at 0, NaN below, denormals scaled into range. */
    int log(int a) {
        int tiny = v.less(a, v.constant(Float.MIN_NORMAL));
        int x = v.select(tiny, v.multiply(a, v.constant(0x1p25)), a);
        // exponent as a float: bits of 2²³ + biased exponent, minus 2²³
        int biased = v.subtract(v.shiftRightOr(x, 23, 0x4B000000), v.constant(0x1p23));
        int m = v.maskBits(x, 0x007FFFFF, 0x3F800000);
        int large = v.less(v.constant(1.41421356), m);
        m = v.select(large, v.multiply(m, v.constant(0.5)), m);
        int e = v.subtract(biased, v.select(large, v.constant(126), v.constant(127)));
        e = v.select(tiny, v.subtract(e, v.constant(25)), e);
        int f = v.subtract(m, v.constant(1));
        int f2 = v.multiply(f, f);
        int tail = v.multiply(v.multiply(f2, f), polynomial(f, Coefficients.LOG));
        tail = v.fma(e, v.constant(LN2_LOW), tail);
        tail = v.fma(f2, v.constant(-0.5), tail);
        int y = v.fma(e, v.constant(LN2_HIGH), v.add(f, tail));
        int infinity = v.constant(Float.POSITIVE_INFINITY);
        y = v.select(v.less(a, infinity), y, a);
        y = v.select(v.atMost(a, v.constant(0)), v.constant(Float.NEGATIVE_INFINITY), y);
        return v.select(v.less(a, v.constant(0)), v.constant(Float.NaN), y);
    }

    int sin(int a) {
        return trigonometric(a, 0);
    }

    int cos(int a) {
        return trigonometric(a, 1);
    }

    /**
     * Sine or cosine with an absolute error below 2⁻²³ for |a| ≤ 30,000, growing in proportion to
     * |a| beyond; NaN for infinities.
     *
     * @param quarter 0 for the sine, 1 for the cosine
     */
    private int trigonometric(int a, int quarter) {
        int z = v.fma(a, v.constant(2 / Math.PI), v.constant(ROUND));
        int n = v.subtract(z, v.constant(ROUND));
        // π/2 in three parts, the first two short enough for exact products with n
        int r = v.fma(n, v.constant(-1.5703125), a);
        r = v.fma(n, v.constant(-4.837512969970703125e-4), r);
        r = v.fma(n, v.constant(-7.549789948768648e-8), r);
        int r2 = v.multiply(r, r);
        int sine = v.fma(v.multiply(r2, r), polynomial(r2, Coefficients.SIN), r);
        int cosine =
                v.fma(
                        v.multiply(r2, r2),
                        polynomial(r2, Coefficients.COS),
                        v.fma(r2, v.constant(-0.5), v.constant(1)));
        // quadrant from n mod 4, in floats: k = m − 4·⌊m/4⌋
        int m = v.add(n, v.constant(quarter));
        int half = v.floor(v.multiply(m, v.constant(0.5)));
        int odd = v.subtract(m, v.add(half, half));
        int quarters = v.floor(v.multiply(half, v.constant(0.5)));
        int sign = v.subtract(half, v.add(quarters, quarters));
        int y = v.select(v.less(v.constant(0.5), odd), cosine, sine);
        return v.select(v.less(v.constant(0.5), sign), v.negate(y), y);
    }

    /** tanh a within 3 ulp, ±1 far out. */
    int tanh(int a) {
        int x = v.abs(a);
        int x2 = v.multiply(a, a);
        int small = v.fma(v.multiply(x2, a), polynomial(x2, Coefficients.TANH), a);
        int e = boundedExp(v.multiply(v.min(x, v.constant(20)), v.constant(2)));
        int large = v.subtract(v.constant(1), v.divide(v.constant(2), v.add(e, v.constant(1))));
        large = v.select(v.less(a, v.constant(0)), v.negate(large), large);
        int y = v.select(v.less(x, v.constant(0.625)), small, large);
        return v.select(v.atMost(a, a), y, a);
    }

    /** Horner's scheme, highest coefficient first. */
    private int polynomial(int x, float[] coefficients) {
        int y = v.constant(coefficients[0]);
        for (int k = 1; k < coefficients.length; k++) {
            y = v.fma(y, x, v.constant(coefficients[k]));
        }
        return y;
    }
}
