package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.gp.exact.Observations;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Some rows of a table: by chance, far apart, or near each other, however the table is sorted. */
final class RowSamples {
    /** Rows among which those far apart and near are looked for. */
    private static final int CANDIDATES = 10_000;

    private final int columns;
    private final double[] x;

    RowSamples(Observations data, RowOrder order) {
        columns = data.columns();
        x = data.rows(order.shuffled(CANDIDATES)).x();
    }

    private int rows() {
        return x.length / columns;
    }

    /** Rows by chance, as many as there are at most. */
    Array random(int count) {
        return Array.of(columns, Arrays.copyOf(x, Math.min(count, rows()) * columns));
    }

    /**
     * Rows far from each other: each the farthest from those before.
     *
     * <p>Source: T. F. Gonzalez, Clustering to minimize the maximum intercluster distance (1985).
     */
    Array spread(int count) {
        int n = rows();
        var distance = new double[n];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        var chosen = new int[Math.min(count, n)];
        for (int k = 0; k < chosen.length; k++) {
            int farthest = 0;
            for (int i = 0; i < n; i++) {
                farthest = distance[i] > distance[farthest] ? i : farthest;
            }
            chosen[k] = farthest;
            for (int i = 0; i < n; i++) {
                distance[i] = Math.min(distance[i], squaredDistance(i, farthest));
            }
        }
        return rows(chosen);
    }

    /** The rows nearest to one of them. */
    Array near(int count) {
        int n = rows();
        var distance = new double[n];
        Arrays.setAll(distance, i -> squaredDistance(i, 0));
        return rows(
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> distance[i]))
                        .limit(count)
                        .mapToInt(i -> i)
                        .toArray());
    }

    private double squaredDistance(int i, int j) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            double difference = x[i * columns + c] - x[j * columns + c];
            sum += difference * difference;
        }
        return sum;
    }

    private Array rows(int[] numbers) {
        var some = new double[numbers.length * columns];
        for (int k = 0; k < numbers.length; k++) {
            System.arraycopy(x, numbers[k] * columns, some, k * columns, columns);
        }
        return Array.of(columns, some);
    }
}
