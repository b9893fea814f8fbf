package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;
import org.kernfield.gp.iterative.MatrixFreeSolve;

/**
 * By conjugate gradients.
 *
 * @param x n × the width of rows
 * @param total what is added to the diagonal, n numbers
 */
record IterativeConditioning(BoundCovariance k, Array x, double[] total) implements Conditioning {
    private static final double TOLERANCE = 1e-4;
    private static final int PIVOTS = 1500;
    private static final int SAMPLE = 4000;

    @Override
    public double[] noise(Compute compute) {
        return total;
    }

    @Override
    public double[] solve(double[] right, int columns, Compute compute) {
        double[] own = total.clone();
        double[] white = Rows.noise(k, x, compute);
        for (int i = 0; i < own.length; i++) {
            own[i] = Math.max(0, own[i] - white[i]);
        }
        var data = new Observations(Rows.doubles(x), x.width(), right, columns, own);
        var order = new RowOrder(own.length, 0);
        var setup = new MatrixFreeSolve.Setup(TOLERANCE, 0, 1, PIVOTS, order.first(SAMPLE), 0);
        try (var solve = new MatrixFreeSolve(k, data, setup)) {
            while (!solve.isDone()) {
                compute.checkCancelled();
                solve.step(compute);
            }
            return solve.alpha();
        }
    }
}
