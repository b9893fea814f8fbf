package org.kernfield.gp.exact;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.kernel.Kernel;

import java.util.Map;

/** Covariances between rows of two tables, computed on whatever backend there is, in float64. */
public final class Rows {
    private Rows() {}

    /**
     * k(x_i, y_j) without white parts.
     *
     * @param x n × d
     * @param y m × d
     * @return n × m
     */
    public static Array covariance(BoundCovariance k, Array x, Array y, Compute compute) {
        try (Buffer queries = upload(x, compute);
                Buffer sources = upload(y, compute);
                Buffer values =
                        compute.allocate(ElementType.F64, x.rows(), Math.toIntExact(y.rows()))) {
            Args args =
                    uniforms(Args.rows(x.rows()), k, k.signal())
                            .with(BoundCovariance.X, queries)
                            .with(BoundCovariance.Y, sources);
            compute.run(
                    Reduction.matrix(k.signal(), Neighbourhood.ALL),
                    args,
                    Map.of(BoundCovariance.VALUE, values));
            return download(values);
        }
    }

    /**
     * Σ_j k(x_i, y_j) · w_j without white parts; no n × m matrix is made.
     *
     * @param x n × d
     * @param y m × d
     * @param weights m × r
     * @return n × r
     */
    public static Array product(
            BoundCovariance k, Array x, Array y, Array weights, Compute compute) {
        Kernel weighted = k.signal().weighted(weights.width());
        try (Buffer queries = upload(x, compute);
                Buffer sources = upload(y, compute);
                Buffer payload = upload(weights, compute);
                Buffer values = compute.allocate(ElementType.F64, x.rows(), weights.width())) {
            Args args =
                    uniforms(Args.rows(x.rows()), k, weighted)
                            .with(BoundCovariance.X, queries)
                            .with(BoundCovariance.Y, sources)
                            .with(Kernel.WEIGHT, payload);
            compute.run(
                    Reduction.sum(weighted, Neighbourhood.ALL),
                    args,
                    Map.of(BoundCovariance.VALUE, values));
            return download(values);
        }
    }

    /** k(x_i, x_i) without white parts, n numbers. */
    public static double[] variance(BoundCovariance k, Array x, Compute compute) {
        return map(k, k.diagonal(), x, compute);
    }

    /** What white parts add to the variance of each row, n numbers. */
    public static double[] noise(BoundCovariance k, Array x, Compute compute) {
        return k.noise().isEmpty()
                ? new double[Math.toIntExact(x.rows())]
                : map(k, k.noise().get(), x, compute);
    }

    private static double[] map(BoundCovariance k, Kernel kernel, Array x, Compute compute) {
        try (Buffer queries = upload(x, compute);
                Buffer values = compute.allocate(ElementType.F64, x.rows(), 1)) {
            Args args = uniforms(Args.rows(x.rows()), k, kernel).with(BoundCovariance.X, queries);
            compute.run(Reduction.map(kernel), args, Map.of(BoundCovariance.VALUE, values));
            return doubles(download(values));
        }
    }

    /** The arguments with the hyper-parameters that a kernel reads. */
    public static Args uniforms(Args args, BoundCovariance k, Kernel kernel) {
        Args bound = args;
        for (var uniform : k.uniforms(kernel).entrySet()) {
            bound = bound.with(uniform.getKey(), uniform.getValue());
        }
        return bound;
    }

    static Buffer upload(Array values, Compute compute) {
        Buffer buffer = compute.allocate(ElementType.F64, values.rows(), values.width());
        buffer.write(values);
        return buffer;
    }

    private static Array download(Buffer buffer) {
        Array values = Array.zeros(ElementType.F64, buffer.rows(), buffer.width());
        buffer.read(values);
        return values;
    }

    /** The numbers of a float64 array; the array's own where it lies in one. */
    public static double[] doubles(Array array) {
        return array.data().heapBase().orElse(null) instanceof double[] all
                        && all.length == array.elements()
                ? all
                : array.data().toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED);
    }
}
