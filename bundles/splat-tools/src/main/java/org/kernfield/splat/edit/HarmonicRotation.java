package org.kernfield.splat.edit;

import org.kernfield.scene.Splats;

/**
 * What a rotation R makes of coefficients of spherical harmonics: g(d) = f(Rᵀd) has the
 * coefficients ∫ Y_i(d) Y_j(Rᵀd) dd · c_j. Degrees do not mix. The integrals are polynomials of
 * degree 2l on the sphere, so Gauss's rule in z and equal steps around it are exact.
 */
final class HarmonicRotation {
    private static final int NODES = Splats.MAX_DEGREE + 1;
    private static final int STEPS = 2 * Splats.MAX_DEGREE + 1;

    /** Roots of Legendre's polynomial of degree 5 that are not negative, with their weights. */
    private static final double[] ROOTS = {
        0, Math.sqrt(5 - 2 * Math.sqrt(10.0 / 7)) / 3, Math.sqrt(5 + 2 * Math.sqrt(10.0 / 7)) / 3
    };

    private static final double[] WEIGHTS = {
        128.0 / 225, (322 + 13 * Math.sqrt(70)) / 900, (322 - 13 * Math.sqrt(70)) / 900
    };

    private final int degree;
    private final double[][] matrix;

    /**
     * @param rotation 3 × 3, row-major
     */
    HarmonicRotation(double[] rotation, int degree) {
        this.degree = degree;
        int n = Splats.coefficients(degree);
        matrix = new double[n][n];
        var here = new double[n];
        var there = new double[n];
        for (int node = 0; node < NODES; node++) {
            int root = Math.abs(node - NODES / 2);
            double z = node < NODES / 2 ? -ROOTS[root] : ROOTS[root];
            double r = Math.sqrt(1 - z * z);
            for (int step = 0; step < STEPS; step++) {
                double angle = 2 * Math.PI * step / STEPS;
                double x = r * Math.cos(angle);
                double y = r * Math.sin(angle);
                Harmonics.evaluate(degree, x, y, z, here);
                Harmonics.evaluate(
                        degree,
                        rotation[0] * x + rotation[3] * y + rotation[6] * z,
                        rotation[1] * x + rotation[4] * y + rotation[7] * z,
                        rotation[2] * x + rotation[5] * y + rotation[8] * z,
                        there);
                add(here, there, WEIGHTS[root] * 2 * Math.PI / STEPS);
            }
        }
    }

    private void add(double[] here, double[] there, double weight) {
        for (int l = 0; l <= degree; l++) {
            for (int i = l * l; i < (l + 1) * (l + 1); i++) {
                for (int j = l * l; j < (l + 1) * (l + 1); j++) {
                    matrix[i][j] += weight * here[i] * there[j];
                }
            }
        }
    }

    /** Rotated coefficients, n × (degree + 1)² × 3. */
    float[] apply(float[] sh) {
        int n = matrix.length;
        var rotated = new float[sh.length];
        for (int at = 0; at < sh.length; at += 3 * n) {
            for (int l = 0; l <= degree; l++) {
                for (int i = l * l; i < (l + 1) * (l + 1); i++) {
                    for (int channel = 0; channel < 3; channel++) {
                        double sum = 0;
                        for (int j = l * l; j < (l + 1) * (l + 1); j++) {
                            sum += matrix[i][j] * sh[at + 3 * j + channel];
                        }
                        rotated[at + 3 * i + channel] = (float) sum;
                    }
                }
            }
        }
        return rotated;
    }
}
