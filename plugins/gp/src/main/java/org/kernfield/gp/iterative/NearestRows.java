package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;

/**
 * The rows of a table that tell most of a point: those of the largest share of its variance, k(x_i,
 * point)²/(k(x_i, x_i) + noise_i).
 *
 * @param x n × d
 * @param noise of each row, n numbers
 */
record NearestRows(BoundCovariance k, Array x, double[] noise) {
    /** Numbers of a block of points against all rows. */
    private static final long BLOCK = 8_000_000;

    /**
     * @param points m × d
     * @return for each its rows, ascending; all if there are no more
     */
    int[][] of(Array points, int most, Compute compute) {
        var none = new int[Math.toIntExact(points.rows())];
        Arrays.fill(none, -1);
        return of(points, none, most, compute);
    }

    /**
     * @param chosen numbers of rows
     * @return for each the other rows that tell most of it, ascending
     */
    int[][] ofOthers(int[] chosen, int most, Compute compute) {
        return of(rows(chosen), chosen, most, compute);
    }

    /** Rows by their numbers. */
    Array rows(int[] numbers) {
        return Array.of(x.width(), values(Rows.doubles(x), x.width(), numbers));
    }

    static double[] values(double[] from, int width, int[] rows) {
        var some = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, rows[i] * width, some, i * width, width);
        }
        return some;
    }

    /**
     * @param own of each point the row that does not count; −1 for none
     */
    private int[][] of(Array points, int[] own, int most, Compute compute) {
        int n = Math.toIntExact(x.rows());
        int m = own.length;
        int d = points.width();
        double[] known = Rows.variance(k, x, compute);
        double[] all = Rows.doubles(points);
        var nearest = new int[m][];
        int block = (int) Math.clamp(BLOCK / n, 1, m);
        for (int from = 0; from < m; from += block) {
            compute.checkCancelled();
            int first = from;
            int end = Math.min(m, from + block);
            Array some = Array.of(d, Arrays.copyOfRange(all, from * d, end * d));
            double[] cross = Rows.doubles(Rows.covariance(k, some, x, compute));
            compute.workers()
                    .forEach(
                            end - from,
                            i -> {
                                var share = new double[n];
                                for (int j = 0; j < n; j++) {
                                    double c = cross[i * n + j];
                                    share[j] = c == 0 ? 0 : c * c / (known[j] + noise[j]);
                                }
                                nearest[first + i] = largest(share, own[first + i], most);
                            });
        }
        return nearest;
    }

    /** Positions of the largest values but one, ascending. */
    private static int[] largest(double[] values, int but, int wanted) {
        if (but >= 0) {
            values[but] = -1;
        }
        int most = Math.min(wanted, but < 0 ? values.length : values.length - 1);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double threshold = most == 0 ? Double.POSITIVE_INFINITY : sorted[values.length - most];
        var chosen = new int[most];
        int count = 0;
        for (int j = 0; j < values.length && count < most; j++) {
            if (values[j] > threshold) {
                chosen[count++] = j;
            }
        }
        for (int j = 0; j < values.length && count < most; j++) {
            if (values[j] == threshold) {
                chosen[count++] = j;
            }
        }
        Arrays.sort(chosen);
        return chosen;
    }
}
