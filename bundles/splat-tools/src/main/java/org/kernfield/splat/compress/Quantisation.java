package org.kernfield.splat.compress;

import org.kernfield.numerics.Palette;
import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.Edit;

import java.util.Arrays;

/**
 * Gives the colours of degrees above 0 of all splats from a code book of few: their weighted means
 * in sets that look alike (LightGaussian's vector quantisation, Fan and others 2024, section 3.4).
 * What is packed afterwards meets the same rows of numbers again and again.
 *
 * @param entries of the code book, at least 1
 * @param significance a number for each splat, see {@link Significance}; not modified
 */
public record Quantisation(int entries, double[] significance) implements Edit {
    /** Share of the mean significance that every splat has at least. */
    private static final double LEAST = 1e-3;

    @Override
    public Splats apply(Splats splats) {
        int width = 3 * Splats.coefficients(splats.degree());
        int rest = width - 3;
        int n = splats.count();
        if (significance.length != n) {
            throw new IllegalArgumentException(
                    "quantising: %d numbers for %d splats; give one each"
                            .formatted(significance.length, n));
        }
        if (rest == 0 || n == 0) {
            return splats;
        }
        var rows = new float[rest * n];
        for (int k = 0; k < n; k++) {
            System.arraycopy(splats.sh(), width * k + 3, rows, rest * k, rest);
        }
        var palette = new Palette(rows, rest, weights(), entries);
        float[] book = palette.entries();
        int[] labels = palette.labels();
        float[] sh = splats.sh().clone();
        for (int k = 0; k < n; k++) {
            System.arraycopy(book, rest * labels[k], sh, width * k + 3, rest);
        }
        return new Splats(
                splats.degree(),
                splats.means(),
                splats.logScales(),
                splats.rotations(),
                splats.opacities(),
                sh,
                splats.extra());
    }

    private float[] weights() {
        double mean = Arrays.stream(significance).average().orElse(0);
        double least = mean > 0 ? LEAST * mean : 1;
        var weights = new float[significance.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) ((significance[k] + least) / (mean + least));
        }
        return weights;
    }
}
