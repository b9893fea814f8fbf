package org.kernfield.cpu.internal.code;

/**
 * The elementary functions as straight-line vector code, so that a program's bits do not depend on
 * whether it runs interpreted or compiled. Polynomials are Chebyshev interpolants made in many
 * digits; the largest errors stand beside each function, for float32 and float64, and are tested.
 */
abstract class Elementary {
    static final double LOG2_E = 1.4426950408889634;

    private static final double CLOSE = 1e-12;

    final LaneCode v;

    /** 1.5 · 2^fraction: adding it leaves the nearest integer in the low bits. */
    final double round;

    private final int fraction;

    Elementary(LaneCode v) {
        this.v = v;
        this.round = v.element.round();
        this.fraction = v.element.fraction;
    }

    static Elementary of(LaneCode v) {
        return switch (v.element) {
            case F32 -> new SingleElementary(v);
            case F64 -> new DoubleElementary(v);
        };
    }

    /** Below it the exponential is 0, so that no denormals appear. */
    abstract double lowest();

    /** Above it the exponential is infinite. */
    abstract double highest();

    /** n ln 2 taken from a, in two steps the first of which is exact. */
    abstract int withoutMultiplesOfLn2(int n, int a);

    /** eʳ for |r| ≤ ln 2 / 2. */
    abstract int expOfRemainder(int r);

    /** ln(1 + f) + e · ln 2 for 1 + f in [√½, √2]. */
    abstract int log(int f, int e);

    /** π/2 in three parts, the first two short enough for exact products with small integers. */
    abstract double[] halfPi();

    abstract double[] sine();

    abstract double[] cosine();

    abstract double[] hyperbolicTangent();

    /**
     * eᵃ within 3 ulp; 0 below −87.3 or −708.3 (no denormals), +∞ above 88.72 or 709.78. A NaN
     * stays one: its shifted low bits are zero.
     *
     * @param nonPositive whether a ≤ 0 is known, so that it cannot overflow
     */
    int exp(int a, boolean nonPositive) {
        int y = boundedExp(a);
        y = v.select(v.less(a, v.constant(lowest())), v.constant(0), y);
        if (nonPositive) {
            return y;
        }
        int overflow = v.less(v.constant(highest()), a);
        return v.select(overflow, v.constant(Double.POSITIVE_INFINITY), y);
    }

    /**
     * 2^−s, 0 or +∞ where {@link #exp} is.
     *
     * @param nonNegative whether s ≥ 0 is known, so that it cannot overflow
     */
    final int unboundedPower(int s, boolean nonNegative) {
        int y = negativePower(s);
        y = v.select(v.less(v.constant(-lowest() * LOG2_E), s), v.constant(0), y);
        if (nonNegative) {
            return y;
        }
        int overflow = v.less(s, v.constant(-highest() * LOG2_E));
        return v.select(overflow, v.constant(Double.POSITIVE_INFINITY), y);
    }

    /** eᵃ where it is a normal number, anything elsewhere: a = n ln 2 + r, eʳ times 2ⁿ. */
    int boundedExp(int a) {
        int z = v.fma(a, v.constant(LOG2_E), v.constant(round));
        int n = v.subtract(z, v.constant(round));
        return times(expOfRemainder(withoutMultiplesOfLn2(n, a)), z);
    }

    /** e^(k·s) for k·s in [−87, 0], anything elsewhere. Made for the innermost loop. */
    abstract int boundedExp(double k, int s);

    /**
     * e^(k·s) for k·s in [−87, 1], anything elsewhere: 2ʳ · 2ⁿ with r = k·s/ln 2 − n, as few
     * operations as possible. Relative error below 3e-7 + 6e-8·|k·s|, in float64 1e-15 +
     * 2e-16·|k·s|.
     */
    final int shortExp(double k, int s) {
        int factor = v.constant(k * LOG2_E);
        int z = v.fma(s, factor, v.constant(round));
        int r = v.fma(s, factor, v.subtract(v.constant(round), z));
        return times(polynomial(r, powerOfTwo()), z);
    }

    /** Whether e^(k·s) is 2^−s. */
    static boolean isPowerOfTwo(double k) {
        return Math.abs(k * LOG2_E + 1) < CLOSE;
    }

    /** 2^−s where it is a normal number, anything elsewhere; relative error below 3e-7 or 1e-15. */
    final int negativePower(int s) {
        int z = v.subtract(v.constant(round), s);
        int r = v.subtract(v.subtract(v.constant(round), z), s);
        return times(polynomial(r, powerOfTwo()), z);
    }

    /** Coefficients of 2ʳ for |r| ≤ ½, highest first. */
    abstract double[] powerOfTwo();

    /** p · 2ⁿ, n in the low bits of z. */
    final int times(int p, int z) {
        return v.addShiftedBits(p, z, fraction);
    }

    /** ln a within 2 ulp; −∞ at 0, NaN below, denormals scaled into range. */
    int log(int a) {
        boolean isSingle = v.element == Element.F32;
        long one = isSingle ? 0x3F800000L : 0x3FF0000000000000L;
        int bias = (int) (one >>> fraction);
        int up = fraction + 2;
        double whole = Math.scalb(1.0, fraction);
        long wholeBits =
                isSingle
                        ? Float.floatToRawIntBits((float) whole)
                        : Double.doubleToRawLongBits(whole);
        int tiny = v.less(a, v.constant(isSingle ? Float.MIN_NORMAL : Double.MIN_NORMAL));
        int x = v.select(tiny, v.multiply(a, v.constant(Math.scalb(1.0, up))), a);
        // exponent as a number: bits of 2^fraction + biased exponent, minus 2^fraction
        int biased = v.subtract(v.shiftRightOr(x, fraction, wholeBits), v.constant(whole));
        int m = v.maskBits(x, (1L << fraction) - 1, one);
        int large = v.less(v.constant(1.41421356), m);
        m = v.select(large, v.multiply(m, v.constant(0.5)), m);
        int e = v.subtract(biased, v.select(large, v.constant(bias - 1), v.constant(bias)));
        e = v.select(tiny, v.subtract(e, v.constant(up)), e);
        int y = log(v.subtract(m, v.constant(1)), e);
        int infinity = v.constant(Double.POSITIVE_INFINITY);
        y = v.select(v.less(a, infinity), y, a);
        y = v.select(v.atMost(a, v.constant(0)), v.constant(Double.NEGATIVE_INFINITY), y);
        return v.select(v.less(a, v.constant(0)), v.constant(Double.NaN), y);
    }

    int sin(int a) {
        return trigonometric(a, 0);
    }

    int cos(int a) {
        return trigonometric(a, 1);
    }

    /**
     * Sine or cosine with an absolute error below 2⁻²³ for |a| ≤ 30,000 in float32 and 2⁻⁵¹ for |a|
     * ≤ 10⁶ in float64, growing in proportion to |a| beyond; NaN for infinities.
     *
     * @param quarter 0 for the sine, 1 for the cosine
     */
    private int trigonometric(int a, int quarter) {
        int z = v.fma(a, v.constant(2 / Math.PI), v.constant(round));
        int n = v.subtract(z, v.constant(round));
        int r = a;
        for (double part : halfPi()) {
            r = v.fma(n, v.constant(-part), r);
        }
        int r2 = v.multiply(r, r);
        int sine = v.fma(v.multiply(r2, r), polynomial(r2, sine()), r);
        int cosine =
                v.fma(
                        v.multiply(r2, r2),
                        polynomial(r2, cosine()),
                        v.fma(r2, v.constant(-0.5), v.constant(1)));
        // quadrant from n mod 4, in numbers: k = m − 4·⌊m/4⌋
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
        int small = v.fma(v.multiply(x2, a), polynomial(x2, hyperbolicTangent()), a);
        int e = boundedExp(v.multiply(v.min(x, v.constant(20)), v.constant(2)));
        int large = v.subtract(v.constant(1), v.divide(v.constant(2), v.add(e, v.constant(1))));
        large = v.select(v.less(a, v.constant(0)), v.negate(large), large);
        int y = v.select(v.less(x, v.constant(0.625)), small, large);
        return v.select(v.atMost(a, a), y, a);
    }

    /** Horner's scheme, highest coefficient first. */
    final int polynomial(int x, double[] coefficients) {
        int y = v.constant(coefficients[0]);
        for (int k = 1; k < coefficients.length; k++) {
            y = v.fma(y, x, v.constant(coefficients[k]));
        }
        return y;
    }
}
