package org.kernfield.numerics.predictive;

/** The standard normal distribution. */
public final class Normal {
    /** √2π. */
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** From here on the continued fraction needs fewer terms than the series. */
    private static final double TAIL = 3;

    /** Terms of the continued fraction that settle it to the last digits at {@link #TAIL}. */
    private static final int TERMS = 80;

    private Normal() {}

    /** φ(z) = exp(−z²/2)/√2π. */
    public static double density(double z) {
        return Math.exp(-z * z / 2) / ROOT_TWO_PI;
    }

    /** Φ(z), relative error below 1e-13 down to the smallest numbers. */
    public static double cumulative(double z) {
        if (Double.isNaN(z)) {
            return z;
        }
        if (Math.abs(z) < TAIL) {
            return 0.5 + series(z);
        }
        return z < 0 ? tail(-z) : 1 - tail(z);
    }

    /** φ(z)·(z + z³/3 + z⁵/(3·5) + …), all terms of one sign. */
    private static double series(double z) {
        double term = z;
        double sum = z;
        for (int k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
            term *= z * z / k;
            sum += term;
        }
        return sum * density(z);
    }

    /** 1 − Φ(z) = φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))), DLMF 7.9.2. */
    private static double tail(double z) {
        double fraction = z;
        for (int k = TERMS; k > 0; k--) {
            fraction = z + k / fraction;
        }
        return density(z) / fraction;
    }

    /**
     * The z with Φ(z) = p, by bisection.
     *
     * @param p above 0 and below 1
     * @throws IllegalArgumentException for another p
     */
    public static double quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException(
                    "probability %s: it has no quantile; use a number between 0 and 1"
                            .formatted(p));
        }
        double low = -40;
        double high = 40;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (cumulative(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
