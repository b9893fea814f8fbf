package org.kernfield.kernel;

/** Powers with a constant exponent. */
final class Powers {
    private static final int LARGEST = 16;

    private Powers() {}

    static Expr of(Expr base, double exponent) {
        if (exponent == 0) {
            return Expr.of(1);
        }
        double twice = 2 * Math.abs(exponent);
        if (twice != Math.rint(twice) || twice > 2 * LARGEST) {
            return Simplify.apply(Op.POW, base, Expr.of(exponent));
        }
        int whole = (int) twice / 2;
        Expr power = whole == 0 ? null : repeated(base, whole);
        if (twice % 2 == 1) {
            power = power == null ? base.sqrt() : power.times(base.sqrt());
        }
        return exponent < 0 ? Expr.of(1).dividedBy(power) : power;
    }

    /** Squares and multiplies, from the highest binary digit down. */
    private static Expr repeated(Expr base, int exponent) {
        Expr power = base;
        for (int bit = Integer.highestOneBit(exponent) >> 1; bit > 0; bit >>= 1) {
            power = power.square();
            if ((exponent & bit) != 0) {
                power = power.times(base);
            }
        }
        return power;
    }
}
