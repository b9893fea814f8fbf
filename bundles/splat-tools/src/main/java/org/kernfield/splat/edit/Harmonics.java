package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

/**
 * Real spherical harmonics as numbers, with the order and signs of {@link
 * org.kernfield.kernel.SphericalHarmonics}, which has them as formulas.
 */
public final class Harmonics {
    private static final double[][] SCALES = scales();

    private Harmonics() {}

    private static double[][] scales() {
        var scales = new double[Splats.MAX_DEGREE + 1][];
        for (int l = 0; l <= Splats.MAX_DEGREE; l++) {
            scales[l] = new double[l + 1];
            for (int m = 0; m <= l; m++) {
                // (−1)ᵐ √((2l + 1)/4π · (l − m)!/(l + m)!), times √2 for m > 0
                double ratio = (2 * l + 1) / (4 * Math.PI) * (m == 0 ? 1 : 2);
                for (int k = l - m + 1; k <= l + m; k++) {
                    ratio /= k;
                }
                scales[l][m] = m % 2 == 0 ? Math.sqrt(ratio) : -Math.sqrt(ratio);
            }
        }
        return scales;
    }

    /**
     * Fills {@code values} with the (degree + 1)² functions Y_lm at index l² + l + m.
     *
     * @param degree 0 to {@link Splats#MAX_DEGREE}
     * @param x of a unit vector, likewise y and z
     */
    public static void evaluate(int degree, double x, double y, double z, double[] values) {
        double real = 1;
        double imaginary = 0;
        double diagonal = 1;
        for (int m = 0; m <= degree; m++) {
            double before = 0;
            // P_lm without its factor (1 − z²)^(m/2), which (x + iy)^m brings
            double legendre = diagonal;
            for (int l = m; l <= degree; l++) {
                if (l > m) {
                    double next = ((2 * l - 1) * z * legendre - (l + m - 1) * before) / (l - m);
                    before = legendre;
                    legendre = next;
                }
                int centre = l * l + l;
                values[centre + m] = SCALES[l][m] * legendre * real;
                if (m > 0) {
                    values[centre - m] = SCALES[l][m] * legendre * imaginary;
                }
            }
            double turned = real * x - imaginary * y;
            imaginary = real * y + imaginary * x;
            real = turned;
            diagonal *= 2 * m + 1;
        }
    }
}
