package org.kernfield.gp;

import java.util.Arrays;

/**
 * A function drawn from a Gaussian process before anything is observed, as a sum of waves: f_t(x) =
 * Σ_m a_mt cos(ω_m·x) + b_mt sin(ω_m·x). Over draws its covariance is the process's; a single one
 * is the nearer to a normal draw the more waves it has.
 *
 * <p>Source: A. Rahimi, B. Recht, Random features for large-scale kernel machines (2007).
 *
 * @param frequencies ω, waves × columns, radians a unit of the column
 * @param cosines a, waves × outputs
 * @param sines b, waves × outputs
 */
public record RandomWaves(double[] frequencies, double[] cosines, double[] sines) {
    /**
     * Draws one.
     *
     * @param count waves for each term of the covariance; constants need but one
     * @throws IllegalArgumentException for a covariance that is no function of the difference of
     *     two rows, or whose spectrum is not known
     */
    public static RandomWaves draw(BoundCovariance k, int count, RandomNumbers random) {
        Spectrum spectrum = k.covariance().spectrum(k.names(), k.outputs());
        int d = k.dimension();
        int p = Math.max(1, k.outputs());
        int waves = spectrum.terms().stream().mapToInt(t -> waves(t, count)).sum();
        var all =
                new RandomWaves(
                        new double[waves * d], new double[waves * p], new double[waves * p]);
        int at = 0;
        for (Spectrum.Term term : spectrum.terms()) {
            int own = waves(term, count);
            double deviation = Math.sqrt(term.variance() / own);
            for (int m = at; m < at + own; m++) {
                var frequency = new double[d];
                term.frequencies().forEach(f -> f.add(random, frequency));
                System.arraycopy(frequency, 0, all.frequencies, m * d, d);
                coefficients(term.root(), deviation, random, all.cosines, m, p);
                coefficients(term.root(), deviation, random, all.sines, m, p);
            }
            at += own;
        }
        return all;
    }

    private static int waves(Spectrum.Term term, int count) {
        return term.frequencies().isEmpty() ? 1 : count;
    }

    /** Those of a wave, one for each output. */
    private static void coefficients(
            double[][] root,
            double deviation,
            RandomNumbers random,
            double[] to,
            int wave,
            int outputs) {
        if (root == null) {
            Arrays.fill(to, wave * outputs, (wave + 1) * outputs, deviation * random.normal());
            return;
        }
        var normal = new double[root[0].length];
        Arrays.setAll(normal, k -> deviation * random.normal());
        for (int t = 0; t < outputs; t++) {
            for (int k = 0; k < normal.length; k++) {
                to[wave * outputs + t] += root[t][k] * normal[k];
            }
        }
    }
}
