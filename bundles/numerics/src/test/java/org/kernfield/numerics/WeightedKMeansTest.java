package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Workers;

import java.util.Arrays;

class WeightedKMeansTest {
    @Test
    void findsSeparateClusters() {
        // 300 points within 0.5 of each of three far corners
        float[][] corners = {{0, 0}, {10, 0}, {0, 10}};
        float[] points = cloud(900, 2, 3);
        for (int i = 0; i < 900; i++) {
            points[2 * i] = corners[i % 3][0] + points[2 * i] - 0.5f;
            points[2 * i + 1] = corners[i % 3][1] + points[2 * i + 1] - 0.5f;
        }

        var clusters = best(points, 3);

        for (float[] corner : corners) {
            assertThat(clusters.centres()[2 * nearestCentre(clusters, corner)])
                    .isCloseTo(corner[0], within(0.1f));
            assertThat(clusters.centres()[2 * nearestCentre(clusters, corner) + 1])
                    .isCloseTo(corner[1], within(0.1f));
        }
    }

    @Test
    void oneCentreIsTheWeightedMean() {
        float[] points = {0, 0, 4, 0, 0, 8};

        var one = WeightedKMeans.of(points, 2, new float[] {1, 2, 1}, 1, 5, 0, Workers.SERIAL);

        assertThat(one.centres()).containsExactly(2, 2);
        // 1·(4 + 4) + 2·(4 + 4) + 1·(4 + 36)
        assertThat(one.error()).isCloseTo(64, within(1e-9));
    }

    @Test
    void asManyCentresAsPointsLeaveNoError() {
        float[] points = cloud(50, 3, 4);
        var weights = ones(50);

        var all = WeightedKMeans.of(points, 3, weights, 50, 5, 0, Workers.SERIAL);

        assertThat(all.error()).isZero();
    }

    @Test
    void neverSeedsWhereThereIsNoWeight() {
        float[] weights = {0, 1, 0, 2, 3, 0};

        assertThat(WeightedKMeans.seeds(weights, 3, 9)).containsExactly(1, 3, 4);
    }

    @Test
    void seedsFollowTheWeights() {
        var times = new double[3];

        for (long seed = 0; seed < 4000; seed++) {
            times[WeightedKMeans.seeds(new float[] {1, 2, 5}, 1, seed)[0]]++;
        }

        // five standard errors: 5·√(p(1 − p)/4000) ≤ 0.04
        assertThat(times[0] / 4000).isCloseTo(0.125, within(0.04));
        assertThat(times[2] / 4000).isCloseTo(0.625, within(0.04));
    }

    @Test
    void emptyClusterKeepsItsCentre() {
        // whichever of the coincident points are seeds, one of two equal centres gets nothing
        float[] points = {1, 1, 1, 1, 1, 1, 9, 9};

        var clusters = WeightedKMeans.of(points, 2, ones(4), 3, 5, 0, Workers.SERIAL);

        assertThat(clusters.centres()).hasSize(6).doesNotContain(Float.NaN);
        assertThat(clusters.centres()).containsOnly(1, 9);
    }

    @Test
    void threadsDoNotChangeTheBits() {
        float[] points = cloud(20_000, 2, 5);
        float[] weights = cloud(20_000, 1, 6);

        var serial = WeightedKMeans.of(points, 2, weights, 64, 4, 1, Workers.SERIAL);
        var parallel = WeightedKMeans.of(points, 2, weights, 64, 4, 1, new Pool(3));

        assertThat(parallel.centres()).isEqualTo(serial.centres());
        assertThat(parallel.labels()).isEqualTo(serial.labels());
        assertThat(parallel.error()).isEqualTo(serial.error());
    }

    @Test
    void refusesMoreCentresThanPoints() {
        assertThatThrownBy(
                        () ->
                                WeightedKMeans.of(
                                        new float[4],
                                        2,
                                        new float[] {1, 0},
                                        2,
                                        1,
                                        0,
                                        Workers.SERIAL))
                .hasMessage(
                        "k-means: 2 centres for 1 points with a weight above 0; use 1 to as many");
    }

    /** The best of ten starts: Lloyd's iteration finds local minima. */
    private static WeightedKMeans best(float[] points, int k) {
        WeightedKMeans best = null;
        for (long seed = 0; seed < 10; seed++) {
            var next =
                    WeightedKMeans.of(
                            points, 2, ones(points.length / 2), k, 50, seed, Workers.SERIAL);
            best = best == null || next.error() < best.error() ? next : best;
        }
        return best;
    }

    private static int nearestCentre(WeightedKMeans clusters, float[] query) {
        return nearest(clusters.centres(), 2, query, 0);
    }

    private static int nearest(float[] points, int dimension, float[] queries, int q) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < points.length / dimension; i++) {
            double sum = 0;
            for (int c = 0; c < dimension; c++) {
                double d = (double) queries[q * dimension + c] - points[i * dimension + c];
                sum += d * d;
            }
            if (sum < least) {
                least = sum;
                nearest = i;
            }
        }
        return nearest;
    }

    private static float[] ones(int n) {
        var ones = new float[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static float[] cloud(int n, int dimension, long seed) {
        var random = new CounterRandom(seed);
        var points = new float[n * dimension];
        for (int k = 0; k < points.length; k++) {
            points[k] = (float) random.uniform(0, 0, k);
        }
        return points;
    }
}
