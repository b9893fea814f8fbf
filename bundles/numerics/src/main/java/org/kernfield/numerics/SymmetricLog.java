package org.kernfield.numerics;

/** sign(x)·log(1 + |x|), which keeps finer what is near 0; how SOG spaces positions. */
public final class SymmetricLog {
    private SymmetricLog() {}

    /** sign(x)·log(1 + |x|). */
    public static double of(double x) {
        return Math.signum(x) * Math.log1p(Math.abs(x));
    }

    /** The x of which {@link #of} is y: sign(y)·(e^|y| − 1). */
    public static double inverse(double y) {
        return Math.signum(y) * Math.expm1(Math.abs(y));
    }
}
