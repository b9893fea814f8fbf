package org.kernfield.kernel.bessel;

/**
 * h = √(ν² + x²), and ν asinh(ν/x) − h to a few units of 2⁻⁵³ of itself however the two cancel.
 *
 * @param x above 0
 * @param nu ν, 0 or more
 * @param h √(ν² + x²)
 * @param exponent ν t₀ − h
 * @param t t₀ = asinh(ν/x)
 */
record Phase(double x, double nu, double h, double exponent, double t) {
    static Phase of(double nu, double x) {
        double a = nu * nu;
        double b = x * x;
        double squares = a + b;
        double squaresLow =
                PreciseLog.error(a, b, squares) + Math.fma(nu, nu, -a) + Math.fma(x, x, -b);
        double h = Math.sqrt(squares);
        double hLow = (Math.fma(-h, h, squares) + squaresLow) / (2 * h);
        double above = nu + h;
        double aboveLow = PreciseLog.error(nu, h, above) + hLow;
        double y = above / x;
        double yLow = (Math.fma(-y, x, above) + aboveLow) / x;
        PreciseLog t = PreciseLog.of(y, yLow);
        double product = nu * t.high;
        double productLow = Math.fma(nu, t.high, -product) + nu * t.low;
        double exponent = product - h;
        double exponentLow = PreciseLog.error(product, -h, exponent) + productLow - hLow;
        return new Phase(x, nu, h, exponent + exponentLow, t.high);
    }
}
