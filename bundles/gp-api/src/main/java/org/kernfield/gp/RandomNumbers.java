package org.kernfield.gp;

/** Where random draws come from; the caller's, so that it can repeat them. */
public interface RandomNumbers {
    /** Between 0 and 1, both excluded. */
    double uniform();

    /** Of mean 0 and variance 1. */
    double normal();

    /**
     * Of the gamma distribution with rate 1.
     *
     * <p>Source: G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables (2000).
     *
     * @param shape above 0
     */
    default double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
                return d * v;
            }
        }
    }

    /** Events of rate {@code mean} in a unit of time. */
    default long poisson(double mean) {
        long events = 0;
        for (double time = -Math.log(uniform()); time < mean; time -= Math.log(uniform())) {
            events++;
        }
        return events;
    }
}
