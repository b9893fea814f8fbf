package org.kernfield.splat.edit;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.neighbours.NeighbourSearch;
import org.kernfield.numerics.neighbours.Search;
import org.kernfield.scene.Splats;

import java.util.Arrays;

/**
 * Removes splats that float far from all others: those whose distance to their neighbours, the root
 * mean square over some of them, lies more than a number of deviations above the median. Both are
 * taken of logarithms, because densities within a scene differ by orders of magnitude, and the
 * deviation is 1.4826 times the median absolute one, which floaters hardly move, but no less than a
 * twentieth, so that even spacings are not told apart. Splats without a place are removed as well.
 *
 * @param neighbours how many others each is compared with, at least 1
 * @param deviations above 0
 * @param workers for the search
 * @param cancel polled by the search
 */
public record Floaters(int neighbours, double deviations, Workers workers, CancelToken cancel)
        implements Edit {
    /** Usual number of neighbours. */
    public static final int NEIGHBOURS = 16;

    /** Of a normal distribution, standard deviation by median absolute deviation. */
    private static final double NORMAL = 1.4826;

    /** A deviation counts as at least this, a twentieth of a distance. */
    private static final double LEAST_DEVIATION = 0.05;

    private static final int BLOCK = 4096;

    public Floaters {
        if (neighbours < 1 || !(deviations > 0)) {
            throw new IllegalArgumentException(
                    "floaters: %d neighbours and %s deviations; give at least 1 and more than 0"
                            .formatted(neighbours, deviations));
        }
    }

    @Override
    public Splats apply(Splats splats) {
        Splats placed = Choice.keep(splats, k -> isFinite(splats.means(), k));
        if (placed.count() <= neighbours) {
            return placed;
        }
        double[] spacing = spacing(placed);
        double median = median(spacing);
        double[] away = Arrays.stream(spacing).map(x -> Math.abs(x - median)).toArray();
        double limit = median + deviations * Math.max(NORMAL * median(away), LEAST_DEVIATION);
        return Choice.keep(placed, k -> spacing[k] <= limit);
    }

    private static boolean isFinite(float[] means, int k) {
        return Float.isFinite(means[3 * k])
                && Float.isFinite(means[3 * k + 1])
                && Float.isFinite(means[3 * k + 2]);
    }

    /** Half the logarithm of the mean squared distance to the neighbours. */
    private double[] spacing(Splats splats) {
        float[] means = splats.means();
        var search = NeighbourSearch.of(means, 3, workers, cancel);
        var spacing = new double[splats.count()];
        workers.forEach(
                Math.ceilDiv(spacing.length, BLOCK),
                block -> {
                    Search own = search.search();
                    int end = Math.min(spacing.length, (block + 1) * BLOCK);
                    for (int k = block * BLOCK; k < end; k++) {
                        cancel.check();
                        // itself among them, at distance 0
                        int found = own.nearest(means, 3 * k, neighbours + 1);
                        double sum = 0;
                        for (int rank = 0; rank < found; rank++) {
                            sum += own.squaredDistance(rank);
                        }
                        spacing[k] = 0.5 * Math.log(Math.max(sum / neighbours, Float.MIN_NORMAL));
                    }
                });
        return spacing;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }
}
