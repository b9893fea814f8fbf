package org.kernfield.splat.train;

/**
 * What n equal Gaussians at one place must be so that together they look like the one that stood
 * there: each has the opacity 1 − (1 − o)^(1/n), and deviations scaled by o / Σ_{i=1..n} Σ_{k&lt;i}
 * C(i − 1, k)·(−1)^k·o′^(k+1)/√(k + 1).
 *
 * <p>Source: S. Kheradmand and others, 3D Gaussian splatting as Markov chain Monte Carlo (2024),
 * equation 9.
 *
 * @param opacity of each, from 0 to 1
 * @param scale factor of the standard deviations
 */
record Relocation(double opacity, double scale) {
    /** Beyond so many the alternating sum loses its digits. */
    static final int MOST = 51;

    private static final double LEAST = 0.005;
    private static final double LARGEST = 1 - 1e-6;

    /**
     * @param opacity of the one, from 0 to 1
     * @param copies n, from 1 to {@link #MOST}
     */
    static Relocation of(double opacity, int copies) {
        double each = -Math.expm1(Math.log1p(-Math.min(opacity, LARGEST)) / copies);
        double sum = 0;
        for (int i = 1; i <= copies; i++) {
            double binomial = 1;
            double power = each;
            for (int k = 0; k < i; k++) {
                sum += binomial * power / Math.sqrt(k + 1);
                binomial *= -(i - 1.0 - k) / (k + 1);
                power *= each;
            }
        }
        return new Relocation(Math.clamp(each, LEAST, LARGEST), opacity / sum);
    }
}
