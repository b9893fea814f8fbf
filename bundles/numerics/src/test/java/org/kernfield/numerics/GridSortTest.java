package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

class GridSortTest {
    private static final Workers PARALLEL =
            new Workers() {
                @Override
                public int count() {
                    return 4;
                }

                @Override
                public void forEach(int parts, IntConsumer part) {
                    IntStream.range(0, parts).parallel().forEach(part);
                }
            };

    private static float[] random(int count, int dimension) {
        var random = new Random(7);
        var features = new float[count * dimension];
        for (int k = 0; k < features.length; k++) {
            features[k] = random.nextFloat();
        }
        return features;
    }

    private static int[] identity(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** Sum of squared distances between neighbours to the right and below. */
    private static double roughness(float[] features, int dimension, int[] order) {
        int width = GridSort.width(order.length);
        double sum = 0;
        for (int cell = 0; cell < order.length; cell++) {
            for (int other : new int[] {cell + 1, cell + width}) {
                boolean isInRow = other != cell + 1 || other % width != 0;
                for (int c = 0; c < dimension && isInRow && other < order.length; c++) {
                    double step =
                            features[order[cell] * dimension + c]
                                    - features[order[other] * dimension + c];
                    sum += step * step;
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 16, 17, 1000})
    void placesEveryRowOnce(int count) {
        int[] order =
                GridSort.order(
                        random(count, 3), 3, identity(count), Workers.SERIAL, CancelToken.NONE);
        assertThat(order).containsExactlyInAnyOrder(identity(count));
    }

    /**
     * Points of a lattice of 32 × 32 fit the grid: 2 · 31 · 32 steps of 1/31. Begun with runs of 64
     * shuffled along Morton's curve, squares of 8 × 8, which makes steps some twenty times as
     * large.
     */
    @Test
    void findsTheLatticeThatPointsWereTakenFrom() {
        var features = new float[2 * 1024];
        for (int k = 0; k < 1024; k++) {
            features[2 * k] = k % 32 / 31f;
            features[2 * k + 1] = k / 32 / 31f;
        }
        int[] start = RadixSort.orderUnsigned(Morton.codes(features, 2));
        for (int run = 0; run < 1024; run += 64) {
            var part = IntStream.of(start).skip(run).limit(64).boxed().toList();
            var shuffled = new ArrayList<>(part);
            Collections.shuffle(shuffled, new Random(run));
            for (int k = 0; k < 64; k++) {
                start[run + k] = shuffled.get(k);
            }
        }
        int[] sorted = GridSort.order(features, 2, start, Workers.SERIAL, CancelToken.NONE);
        double lattice = 2 * 31 * 32 / (31.0 * 31);
        assertThat(roughness(features, 2, sorted)).isLessThan(1.6 * lattice);
    }

    @Test
    void neighboursAreMoreAlikeThanAlongMortonsCurve() {
        float[] features = random(4000, 3);
        int[] morton = RadixSort.orderUnsigned(Morton.codes(features, 3));
        int[] sorted = GridSort.order(features, 3, morton, Workers.SERIAL, CancelToken.NONE);
        assertThat(roughness(features, 3, sorted)).isLessThan(0.5 * roughness(features, 3, morton));
    }

    @Test
    void orderDoesNotDependOnTheThreads() {
        float[] features = random(3000, 5);
        int[] start = identity(3000);
        assertThat(GridSort.order(features, 5, start, PARALLEL, CancelToken.NONE))
                .isEqualTo(GridSort.order(features, 5, start, Workers.SERIAL, CancelToken.NONE));
    }

    @Test
    void refusesRowsThatAreMissing() {
        assertThatThrownBy(
                        () ->
                                GridSort.order(
                                        new float[7],
                                        2,
                                        identity(4),
                                        Workers.SERIAL,
                                        CancelToken.NONE))
                .hasMessage("sorting on a grid: 7 numbers for 4 rows of 2; give all rows");
    }
}
