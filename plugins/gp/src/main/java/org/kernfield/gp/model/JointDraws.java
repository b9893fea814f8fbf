package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.CounterRandom;

/** Draws from a process at points jointly, by the Cholesky factor of their covariance. */
record JointDraws(Process process) {
    /** Shares of the prior variance added before a covariance of points is factored. */
    private static final double[] JITTERS = {0, 1e-12, 1e-10, 1e-8, 1e-6};

    /**
     * What draws differ by from the mean, standard units.
     *
     * @return count × (m·p)
     */
    double[] deviations(Array points, int count, long seed, Compute compute) {
        Array root = root(process.outputs().rows(points), compute);
        int rows = root.width();
        int perRow = process.outputs().perRow();
        var random = new CounterRandom(seed);
        var normal = new double[Math.multiplyExact(count * perRow, rows)];
        for (int k = 0; k < normal.length; k++) {
            normal[k] = random.normal(0, 0, k);
        }
        Array drawn = Array.zeros(ElementType.F64, (long) count * perRow, rows);
        compute.linearAlgebra().gemm(1, Array.of(rows, normal), false, root, true, 0, drawn);
        double[] from = Rows.doubles(drawn);
        var deviations = new double[from.length];
        double[] roots = process.factor().roots(count, seed);
        int each = rows * perRow;
        for (int k = 0; k < deviations.length; k++) {
            int draw = k / each;
            int at = k % each;
            int function = draw * perRow + at % perRow;
            deviations[k] = roots[function] * from[function * rows + at / perRow];
        }
        return deviations;
    }

    private Array root(Array rows, Compute compute) {
        Array covariance = process.spread().covariance(rows, compute);
        double[] prior = Rows.variance(process.k(), rows, compute);
        int m = covariance.width();
        for (double share : JITTERS) {
            Array root = covariance.as(ElementType.F64);
            for (int i = 0; i < m; i++) {
                long at = (long) i * m + i;
                root.set(at, root.get(at) + share * prior[i]);
            }
            if (compute.linearAlgebra().potrf(root) == 0) {
                return root;
            }
        }
        throw new IllegalArgumentException(
                "%s: the covariance of these %d points is not positive definite; draw at fewer or other points"
                        .formatted(process.k(), m));
    }
}
