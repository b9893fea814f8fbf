package org.kernfield.numerics;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.neighbours.KdTree;

import java.util.Arrays;

/**
 * Centres that minimise Σ_i w_i |x_i − c_near(i)|², by Lloyd's iteration from weighted random
 * seeds. The result has the same bits for any number of threads.
 *
 * <p>Sources: S. P. Lloyd, Least squares quantization in PCM, IEEE Transactions on Information
 * Theory 28 (1982); for the seeds P. S. Efraimidis, P. G. Spirakis, Weighted random sampling with a
 * reservoir, Information Processing Letters 97 (2006).
 *
 * @param centres k × dimension, row-major
 * @param labels the nearest centre of each point
 * @param error Σ w |x − c|² for those labels
 * @param iterations moves of the centres that were made
 */
public record WeightedKMeans(float[] centres, int[] labels, double error, int iterations) {
    /** Points that one part of the work takes; sums are cut here, so it is fixed. */
    private static final int BLOCK = 4096;

    /**
     * Clusters points.
     *
     * @param points n × dimension, row-major, finite; not modified
     * @param dimension 1 to 127
     * @param weights n numbers, not negative; not modified
     * @param k centres wanted, 1 to the number of points with a weight above 0
     * @param iterations most moves of the centres; it ends earlier when no label changes
     * @param seed start of the random seeds
     * @throws IllegalArgumentException if there are fewer points of positive weight than centres
     */
    public static WeightedKMeans of(
            float[] points,
            int dimension,
            float[] weights,
            int k,
            int iterations,
            long seed,
            Workers workers) {
        int[] seeds = seeds(weights, k, seed);
        float[] centres = RadixSort.gather(points, dimension, seeds);
        var labels = new int[weights.length];
        Arrays.fill(labels, -1);
        for (int move = 0; ; move++) {
            int[] before = labels.clone();
            double error = assign(points, dimension, weights, centres, labels, workers);
            if (move >= iterations || Arrays.equals(before, labels)) {
                return new WeightedKMeans(centres, labels, error, move);
            }
            move(points, dimension, weights, labels, centres);
        }
    }

    /** The k points whose exponential waiting times with rates w_i end first. */
    static int[] seeds(float[] weights, int k, long seed) {
        var random = new CounterRandom(seed);
        var times = new long[weights.length];
        int positive = 0;
        for (int i = 0; i < weights.length; i++) {
            // 1 − u is in (0, 1]; bits of non-negative numbers order as the numbers do
            double time = -StrictMath.log(1 - random.uniform(0, 0, i)) / weights[i];
            times[i] = weights[i] > 0 ? Double.doubleToLongBits(Math.abs(time)) : Long.MAX_VALUE;
            positive += weights[i] > 0 ? 1 : 0;
        }
        if (k < 1 || k > positive) {
            throw new IllegalArgumentException(
                    "k-means: %d centres for %d points with a weight above 0; use 1 to as many"
                            .formatted(k, positive));
        }
        int[] first = Arrays.copyOf(RadixSort.orderUnsigned(times), k);
        Arrays.sort(first);
        return first;
    }

    private static double assign(
            float[] points,
            int dimension,
            float[] weights,
            float[] centres,
            int[] labels,
            Workers workers) {
        var tree = KdTree.of(centres, dimension, workers, CancelToken.NONE);
        var errors = new double[Math.ceilDiv(labels.length, BLOCK)];
        workers.forEach(
                errors.length,
                part -> {
                    var search = tree.search();
                    int end = (int) Math.min(labels.length, (part + 1L) * BLOCK);
                    double error = 0;
                    for (int i = part * BLOCK; i < end; i++) {
                        labels[i] = search.nearest(points, i * dimension);
                        error += weights[i] * search.squaredDistance(0);
                    }
                    errors[part] = error;
                });
        return Arrays.stream(errors).reduce(0, Double::sum);
    }

    /** Moves each centre to the mean of its points; one without weight stays. */
    private static void move(
            float[] points, int dimension, float[] weights, int[] labels, float[] centres) {
        var sums = new double[centres.length];
        var mass = new double[centres.length / dimension];
        for (int i = 0; i < labels.length; i++) {
            int centre = labels[i];
            mass[centre] += weights[i];
            for (int c = 0; c < dimension; c++) {
                sums[centre * dimension + c] += (double) weights[i] * points[i * dimension + c];
            }
        }
        for (int k = 0; k < centres.length; k++) {
            if (mass[k / dimension] > 0) {
                centres[k] = (float) (sums[k] / mass[k / dimension]);
            }
        }
    }
}
