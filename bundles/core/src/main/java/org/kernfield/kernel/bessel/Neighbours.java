package org.kernfield.kernel.bessel;

/**
 * K of neighbouring orders, times one factor c: u⁻¹cK_(ν−1), cK_ν and ucK_(ν+1), by the recurrence
 * upwards, all of whose terms are positive.
 *
 * <p>Source: DLMF 10.29.1.
 *
 * @param unit u, 1 or what keeps the values within the range of doubles
 */
record Neighbours(double below, double at, double above, double unit) {
    /**
     * From order μ to ν = μ + steps; {@code below} is 0 where there are no steps.
     *
     * @param first cK_μ
     * @param second ucK_(μ+1)
     */
    static Neighbours upwards(
            double mu, int steps, double x, double first, double second, double unit) {
        double square = unit * unit;
        double twice = 2 * unit / x;
        double below = 0;
        double at = first;
        double above = second;
        for (int j = 1; j <= steps; j++) {
            below = at;
            at = above;
            above = Math.fma((mu + j) * twice, at, square * below);
        }
        return new Neighbours(below, at, above, unit);
    }

    /**
     * d/dν log K_ν, by the derivative of the recurrence.
     *
     * @param firstSlope d/dμ of {@code first}, c and u fixed
     * @param secondSlope d/dμ of {@code second}
     */
    static double byOrder(
            double mu,
            int steps,
            double x,
            double first,
            double second,
            double firstSlope,
            double secondSlope,
            double unit) {
        double square = unit * unit;
        double twice = 2 * unit / x;
        double at = first;
        double above = second;
        double slope = firstSlope;
        double slopeAbove = secondSlope;
        for (int j = 1; j <= steps; j++) {
            double factor = (mu + j) * twice;
            double next = Math.fma(factor, above, square * at);
            double slopeNext = Math.fma(factor, slopeAbove, Math.fma(twice, above, square * slope));
            at = above;
            above = next;
            slope = slopeAbove;
            slopeAbove = slopeNext;
        }
        return slope / at;
    }

    /** d/dx log K_ν(x). */
    double byArgument(double nu, double x) {
        return nu < 0.5 ? nu / x - above / (at * unit) : -(nu / x + below * unit / at);
    }
}
