package org.kernfield.numerics.predictive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A row whose label its prediction does not explain.
 *
 * @param row from 0
 * @param deviations label less mean, in standard deviations
 */
public record Outlier(int row, double deviations) {
    /** So many rows stand out by chance in a table without any such row. */
    private static final double BY_CHANCE = 0.01;

    /**
     * The rows that stand out by more than chance, the farthest first: those whose distance is
     * expected in less than a hundredth of a row among as many.
     *
     * @param labels n; NaN where there is none
     * @param means n; of predictions that did not know the label
     * @param variances n, noise included
     */
    public static List<Outlier> among(double[] labels, double[] means, double[] variances) {
        var found = new ArrayList<Outlier>();
        for (int row = 0; row < labels.length; row++) {
            double z = (labels[row] - means[row]) / Math.sqrt(variances[row]);
            if (2 * Normal.cumulative(-Math.abs(z)) * labels.length < BY_CHANCE) {
                found.add(new Outlier(row, z));
            }
        }
        found.sort(Comparator.comparingDouble((Outlier o) -> -Math.abs(o.deviations())));
        return found;
    }
}
