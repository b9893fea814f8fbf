package org.kernfield.gp.exact;

import org.kernfield.backend.Array;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;

import java.util.function.Supplier;

/**
 * How unsure a Gaussian process is of its values, by the Cholesky factor of what was observed: one
 * triangular solve for many points at a time.
 */
public final class FactorVariance implements LatentVariance {
    /** Numbers of a block of points against all rows. */
    private static final long BLOCK = 16_000_000;

    private final BoundCovariance k;
    private final Array x;
    private final Supplier<Array> factor;

    /**
     * @param x n × d
     * @param factor gives a lower triangle, n × n
     */
    public FactorVariance(BoundCovariance k, Array x, Supplier<Array> factor) {
        this.k = k;
        this.x = x;
        this.factor = factor;
    }

    @Override
    public double[] variance(Array points, Compute compute) {
        int m = Math.toIntExact(points.rows());
        double[] variance = Rows.variance(k, points, compute);
        int block = (int) Math.clamp(BLOCK / Math.max(1, x.rows()), 1, m);
        double[] all = Rows.doubles(points);
        int d = points.width();
        for (int from = 0; from < m; from += block) {
            compute.checkCancelled();
            int to = Math.min(m, from + block);
            var some = java.util.Arrays.copyOfRange(all, from * d, to * d);
            Array solved = solved(Array.of(d, some), compute);
            subtractSquares(Rows.doubles(solved), to - from, variance, from);
        }
        return variance;
    }

    /** L⁻¹·k(X, points), n × m. */
    private Array solved(Array points, Compute compute) {
        Array cross = Rows.covariance(k, x, points, compute);
        compute.linearAlgebra()
                .trsm(
                        LinearAlgebra.Side.LEFT,
                        LinearAlgebra.Triangle.LOWER,
                        false,
                        factor.get(),
                        cross);
        return cross;
    }

    private static void subtractSquares(double[] v, int columns, double[] from, int first) {
        var sums = new double[columns];
        for (int i = 0; i < v.length; i += columns) {
            for (int j = 0; j < columns; j++) {
                sums[j] += v[i + j] * v[i + j];
            }
        }
        for (int j = 0; j < columns; j++) {
            from[first + j] -= sums[j];
        }
    }

    @Override
    public Array covariance(Array points, Compute compute) {
        Array covariance = Rows.covariance(k, points, points, compute);
        Array solved = solved(points, compute);
        compute.linearAlgebra().syrk(-1, solved, true, 1, covariance);
        return covariance;
    }
}
