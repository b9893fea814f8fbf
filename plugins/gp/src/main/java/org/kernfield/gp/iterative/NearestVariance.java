package org.kernfield.gp.iterative;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra.Side;
import org.kernfield.backend.LinearAlgebra.Triangle;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.LatentVariance;
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

    private final BoundCovariance k;
    private final double[] noise;
    private final NearestRows nearest;

    /**
     * @param x n × d
     * @param noise of each row, n numbers
     */
    public NearestVariance(BoundCovariance k, Array x, double[] noise) {
        this.k = k;
        this.noise = noise;
        this.nearest = new NearestRows(k, x, noise);
    }

    @Override
    public double[] variance(Array points, Compute compute) {
        int m = Math.toIntExact(points.rows());
        double[] variance = Rows.variance(k, points, compute);
        int[][] rows = nearest.of(points, NEIGHBOURS, compute);
        for (int i = 0; i < m; i++) {
            compute.checkCancelled();
            Array factor = factor(rows[i], compute);
            for (double s : Rows.doubles(solved(rows[i], factor, point(points, i), compute))) {
                variance[i] -= s * s;
            }
        }
        return variance;
    }

    private static Array point(Array points, int i) {
        int d = points.width();
        return Array.of(d, Arrays.copyOfRange(Rows.doubles(points), i * d, (i + 1) * d));
    }

    /** The Cholesky factor of what was observed at some rows. */
    private Array factor(int[] rows, Compute compute) {
        Array some = nearest.rows(rows);
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
        Array cross = Rows.covariance(k, nearest.rows(rows), points, compute);
        compute.linearAlgebra().trsm(Side.LEFT, Triangle.LOWER, false, factor, cross);
        return cross;
    }

    /**
     * Given the rows that tell most of any of the points.
     *
     * @throws IllegalArgumentException if those are too many
     */
    @Override
    public Array covariance(Array points, Compute compute) {
        int[] rows =
                Arrays.stream(nearest.of(points, NEIGHBOURS, compute))
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
