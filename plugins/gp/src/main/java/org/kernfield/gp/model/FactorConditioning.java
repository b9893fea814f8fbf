package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Rows;
import org.kernfield.gp.exact.Solve;

import java.util.function.Supplier;

/**
 * By the Cholesky factor.
 *
 * @param x n × the width of rows
 * @param factor lower, n × n
 */
record FactorConditioning(BoundCovariance k, Array x, Supplier<Array> factor)
        implements Conditioning {
    /** What the factor's diagonal has above the covariance: noise of rows and jitter are in it. */
    @Override
    public double[] noise(Compute compute) {
        Array lower = factor.get();
        double[] values = Rows.doubles(lower);
        int n = lower.width();
        double[] noise = Rows.variance(k, x, compute);
        for (int i = 0; i < n; i++) {
            double square = 0;
            for (int j = i * n; j <= i * n + i; j++) {
                square += values[j] * values[j];
            }
            noise[i] = Math.max(0, square - noise[i]);
        }
        return noise;
    }

    @Override
    public double[] solve(double[] right, int columns, Compute compute) {
        return Rows.doubles(
                Solve.with(factor.get(), Array.of(columns, right), compute.linearAlgebra()));
    }
}
