package org.kernfield.gp.iterative;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;

import java.util.Map;

/**
 * Products of the covariance matrix of observations with a few vectors, each pair of rows computed
 * when it is needed: no n × n matrix.
 */
final class KernelOperator implements AutoCloseable {
    private final BoundCovariance k;
    private final Observations data;
    private final double[] noise;
    private final Precision precision;
    private Buffer rows;
    private Reduction product; // null before the first
    private int width;

    /**
     * @param noise what is added to the diagonal, n numbers
     */
    KernelOperator(BoundCovariance k, Observations data, double[] noise, Precision precision) {
        this.k = k;
        this.data = data;
        this.noise = noise;
        this.precision = precision;
    }

    /**
     * (K + diag(noise))·V.
     *
     * @param v n × columns, row-major; not modified
     * @param to of the same shape; overwritten
     */
    void apply(double[] v, int columns, double[] to, Compute compute) {
        var type = ElementType.of(precision);
        int n = data.rows();
        if (rows == null) {
            rows = compute.allocate(type, n, data.columns());
            rows.write(Array.of(data.columns(), data.x()));
        }
        try (Buffer payload = compute.allocate(type, n, columns);
                Buffer values = compute.allocate(type, n, columns)) {
            payload.write(Array.of(columns, v));
            Args args =
                    Rows.uniforms(Args.rows(n), k, k.signal())
                            .with(BoundCovariance.X, rows)
                            .with(BoundCovariance.Y, rows)
                            .with(Kernel.WEIGHT, payload);
            compute.run(product(columns), args, Map.of(BoundCovariance.VALUE, values));
            values.read(Array.of(columns, to));
        }
        for (int at = 0; at < to.length; at++) {
            to[at] += noise[at / columns] * v[at];
        }
    }

    /** Σ_j k(x_i, x_j)·v_j, each pair of rows computed once for both. */
    private Reduction product(int columns) {
        if (product == null || columns != width) {
            product = Reduction.symmetricSum(k.signal().in(precision).weighted(columns));
            width = columns;
        }
        return product;
    }

    /** Frees its buffer; the next call takes a new one. */
    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
