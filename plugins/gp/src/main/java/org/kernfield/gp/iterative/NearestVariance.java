package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.LatentVariance;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;

/**
 * How unsure a Gaussian process is of its values, given only the rows that tell most of each point.
 * Knowing all rows could only lower it: it is never too sure, and nearly exact where length scales
 * are short against the table.
 *
 * <p>Source: A. V. Vecchia, Estimation and model identification for continuous spatial processes
 * (1988), of conditioning on a few neighbours.
 */
public final class NearestVariance implements LatentVariance {
    /** Rows that a point is conditioned on. */
    public static final int NEIGHBOURS = 256;

    /** Rows that several points are conditioned on together, at most. */
    private static final int MOST_TOGETHER = 6000;

    /** Numbers of a block of points against all rows. */
    private static final long BLOCK = 8_000_000;

    private final BoundCovariance k;
    private final Array x;
    private final double[] noise;

    /**
     * @param x n × d
     * @param noise of each row, n numbers
     */
    public NearestVariance(BoundCovariance k, Array x, double[] noise) {
        this.k = k;
        this.x = x;
        this.noise = noise;
    }

    @Override
    public double[] variance(Array points, Compute compute) {
        int m = Math.toIntExact(points.rows());
        double[] variance = Rows.variance(k, points, compute);
        int[][] nearest = nearest(points, NEIGHBOURS, compute);
        for (int i = 0; i < m; i++) {
            compute.checkCancelled();
            Array factor = factor(nearest[i], compute);
            double[] solved = Rows.doubles(solved(nearest[i], factor, point(points, i), compute));
            variance[i] -= dot(solved, solved, 1, 0);
        }
        return variance;
    }

    /** Σ_i a_i · b_ic for rows b of {@code width}. */
    private static double dot(double[] a, double[] b, int width, int c) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i * width + c];
        }
        return sum;
    }

    /**
     * What some rows would be told from the rows nearest to each.
     *
     * @param chosen their numbers
     * @param y n × targets
     */
    public LeaveOneOut leaveOneOut(int[] chosen, double[] y, int targets, Compute compute) {
        Array points = rows(chosen);
        double[] prior = Rows.variance(k, points, compute);
        int[][] nearest = nearest(points, NEIGHBOURS + 1, compute);
        var residual = new double[chosen.length * targets];
        var variance = new double[chosen.length * targets];
        for (int i = 0; i < chosen.length; i++) {
            compute.checkCancelled();
            int own = chosen[i];
            int[] others = Arrays.stream(nearest[i]).filter(j -> j != own).toArray();
            double left = prior[i] + noise[own];
            System.arraycopy(y, own * targets, residual, i * targets, targets);
            if (others.length > 0) {
                Array factor = factor(others, compute);
                double[] solved = Rows.doubles(solved(others, factor, point(points, i), compute));
                Array known = Array.of(targets, values(y, targets, others));
                compute.linearAlgebra().trsm(Side.LEFT, Triangle.LOWER, false, factor, known);
                left -= dot(solved, solved, 1, 0);
                for (int t = 0; t < targets; t++) {
                    residual[i * targets + t] -= dot(solved, Rows.doubles(known), targets, t);
                }
            }
            Arrays.fill(variance, i * targets, (i + 1) * targets, left);
        }
        return new LeaveOneOut(residual, variance);
    }

    private static Array point(Array points, int i) {
        int d = points.width();
        return Array.of(d, Arrays.copyOfRange(Rows.doubles(points), i * d, (i + 1) * d));
    }

    /** The Cholesky factor of what was observed at some rows. */
    private Array factor(int[] rows, Compute compute) {
        Array some = rows(rows);
        Array factor = Rows.covariance(k, some, some, compute);
        for (int i = 0; i < rows.length; i++) {
            long at = (long) i * rows.length + i;
            factor.set(at, factor.get(at) + noise[rows[i]]);
        }
        if (compute.linearAlgebra().potrf(factor) != 0) {
            throw new IndefiniteException(
                    "%s: the covariance of %d rows near a point is not positive definite; fit with more noise"
                            .formatted(k, rows.length));
        }
        return factor;
    }

    /** L⁻¹·k(rows, points). */
    private Array solved(int[] rows, Array factor, Array points, Compute compute) {
        Array cross = Rows.covariance(k, rows(rows), points, compute);
        compute.linearAlgebra().trsm(Side.LEFT, Triangle.LOWER, false, factor, cross);
        return cross;
    }

    private Array rows(int[] numbers) {
        return Array.of(x.width(), values(Rows.doubles(x), x.width(), numbers));
    }

    private static double[] values(double[] from, int width, int[] rows) {
        var some = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, rows[i] * width, some, i * width, width);
        }
        return some;
    }

    /**
     * For each point the rows of the largest share of its variance, k(x_i, point)²/(k(x_i, x_i) +
     * noise_i).
     */
    private int[][] nearest(Array points, int most, Compute compute) {
        int n = Math.toIntExact(x.rows());
        int m = Math.toIntExact(points.rows());
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
                                nearest[first + i] = largest(share, most);
                            });
        }
        return nearest;
    }

    /** Positions of the largest values, ascending. */
    private static int[] largest(double[] values, int wanted) {
        int most = Math.min(wanted, values.length);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double threshold = sorted[values.length - most];
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

    /**
     * Given the rows that tell most of any of the points.
     *
     * @throws IllegalArgumentException if those are too many
     */
    @Override
    public Array covariance(Array points, Compute compute) {
        int[] rows =
                Arrays.stream(nearest(points, NEIGHBOURS, compute))
                        .flatMapToInt(Arrays::stream)
                        .distinct()
                        .sorted()
                        .toArray();
        if (rows.length > MOST_TOGETHER) {
            throw new IllegalArgumentException(
                    "%d points: %d rows tell of them, %d can be taken together; ask for fewer points at once"
                            .formatted(points.rows(), rows.length, MOST_TOGETHER));
        }
        Array covariance = Rows.covariance(k, points, points, compute);
        Array solved = solved(rows, factor(rows, compute), points, compute);
        compute.linearAlgebra().syrk(-1, solved, true, 1, covariance);
        return covariance;
    }
}
