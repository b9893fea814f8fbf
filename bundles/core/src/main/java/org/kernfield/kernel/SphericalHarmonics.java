package org.kernfield.kernel;

/**
 * Real spherical harmonics of a direction, with the signs that Gaussian splatting uses: (−1)ᵐ as in
 * Condon and Shortley's phase, so that degree 1 is √(3/4π) (−y, z, −x).
 *
 * <p>Source: recurrences of the associated Legendre functions, NIST Digital Library of Mathematical
 * Functions, section 14.10.
 */
public final class SphericalHarmonics {
    private SphericalHarmonics() {}

    /**
     * The (degree + 1)² functions Y_lm at index l² + l + m, l = 0 … degree, m = −l … l.
     *
     * @param direction a unit vector of three components
     * @param degree 0 to 4
     */
    public static Vec of(Vec direction, int degree) {
        direction.requireSize("spherical harmonics", 3);
        if (degree < 0 || degree > 4) {
            throw new KernelException("spherical harmonics of degree " + degree + ": use 0 to 4");
        }
        var values = new Expr[(degree + 1) * (degree + 1)];
        Expr z = direction.z();
        // real and imaginary part of (x + iy)^m
        Expr real = Expr.of(1);
        Expr imaginary = Expr.of(0);
        for (int m = 0; m <= degree; m++) {
            Expr before = null;
            Expr legendre = Expr.of(oddFactorial(m));
            for (int l = m; l <= degree; l++) {
                if (l > m) {
                    Expr next = legendre.times(z).times((2.0 * l - 1) / (l - m));
                    if (before != null) {
                        next = next.minus(before.times((l + m - 1.0) / (l - m)));
                    }
                    before = legendre;
                    legendre = next;
                }
                double scale = scale(l, m);
                int centre = l * l + l;
                values[centre + m] = legendre.times(real).times(scale);
                if (m > 0) {
                    values[centre - m] = legendre.times(imaginary).times(scale);
                }
            }
            Expr turned = real.times(direction.x()).minus(imaginary.times(direction.y()));
            imaginary = real.times(direction.y()).plus(imaginary.times(direction.x()));
            real = turned;
        }
        return Vec.of(values);
    }

    /** (2m − 1)!!, of which P_mm is made. */
    private static double oddFactorial(int m) {
        return m < 1 ? 1 : (2 * m - 1) * oddFactorial(m - 1);
    }

    /** (−1)ᵐ √((2l + 1)/4π · (l − m)!/(l + m)!), times √2 for m > 0. */
    private static double scale(int l, int m) {
        double ratio = (2 * l + 1) / (4 * Math.PI);
        for (int k = l - m + 1; k <= l + m; k++) {
            ratio /= k;
        }
        double scale = Math.sqrt(m == 0 ? ratio : 2 * ratio);
        return m % 2 == 0 ? scale : -scale;
    }
}
