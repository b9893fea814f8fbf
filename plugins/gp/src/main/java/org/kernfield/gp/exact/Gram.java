package org.kernfield.gp.exact;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The covariance matrix of one table's rows, again and again for other hyper-parameters, and its
 * derivatives by them. Its buffers belong to the backend that it first computed on.
 */
final class Gram implements AutoCloseable {
    private static final String COTANGENT = Reduction.cotangent(BoundCovariance.VALUE);

    /** Matrices of n × n that an evaluation or a conclusion holds at one time. */
    private static final int MATRICES = 3;

    private final Observations data;
    private Buffer rows;
    private Buffer pairs;
    private Array matrix;

    Gram(Observations data) {
        this.data = data;
    }

    /**
     * The covariance of what is observed: signal, white parts and the rows' own noise.
     *
     * @return n × n; overwritten by the next call
     */
    Array matrix(BoundCovariance k, Compute compute) {
        prepare(compute);
        compute.run(
                Reduction.matrix(k.signal(), Neighbourhood.ALL),
                args(k, k.signal()),
                Map.of(BoundCovariance.VALUE, pairs));
        pairs.read(matrix);
        double[] noise = Rows.noise(k, Array.of(data.columns(), data.x()), compute);
        double[] all = Rows.doubles(matrix);
        int n = data.rows();
        for (int i = 0; i < n; i++) {
            all[i * n + i] += noise[i] + (data.noise() == null ? 0 : data.noise()[i]);
        }
        return matrix;
    }

    private void prepare(Compute compute) {
        if (rows == null) {
            int n = data.rows();
            requireMemory(n, compute);
            rows = Rows.upload(Array.of(data.columns(), data.x()), compute);
            pairs = compute.allocate(ElementType.F64, n, n);
            matrix = Array.zeros(ElementType.F64, n, n);
        }
    }

    /** Lets the backend begin to compile both the matrix and its derivative. */
    static void announce(BoundCovariance k, int n, Compute compute) {
        Reduction value = Reduction.matrix(k.signal(), Neighbourhood.ALL);
        var uniforms =
                k.signal().slots(Slot.Role.UNIFORM).stream()
                        .map(Slot::name)
                        .collect(Collectors.toSet());
        var all = new ArrayList<Reduction>(uniforms.isEmpty() ? List.of() : value.vjp(uniforms));
        all.add(value);
        compute.prepare(all, new Queries.Rows(n));
    }

    private static void requireMemory(int n, Compute compute) {
        double needed = MATRICES * Double.BYTES * (double) n * n;
        double left = Math.min(compute.memoryLeft(), Runtime.getRuntime().maxMemory());
        if (needed > left) {
            throw new OutOfBudgetException(
                    "%d rows: whole covariance matrices take %.1f GB, %.1f GB are allowed; use method cg or raise -Xmx in KERNFIELD_JVM_OPTIONS"
                            .formatted(n, needed / 1e9, left / 1e9));
        }
    }

    private Args args(BoundCovariance k, Kernel kernel) {
        return Rows.uniforms(Args.rows(data.rows()), k, kernel)
                .with(BoundCovariance.X, rows)
                .with(BoundCovariance.Y, rows);
    }

    /**
     * ∂(Σ_ij W_ij · K_ij)/∂u for the uniforms u of the covariance function, by slot, with K of
     * {@link #matrix}.
     *
     * @param weights W, n × n
     */
    Map<String, double[]> gradient(BoundCovariance k, Array weights, Compute compute) {
        var gradient = new UniformGradient();
        pairs.write(weights);
        gradient.add(
                Reduction.matrix(k.signal(), Neighbourhood.ALL),
                args(k, k.signal()).with(COTANGENT, pairs),
                compute);
        if (k.noise().isPresent()) {
            Kernel noise = k.noise().get();
            try (Buffer diagonal = diagonal(weights, compute)) {
                Args args =
                        Rows.uniforms(Args.rows(data.rows()), k, noise)
                                .with(BoundCovariance.X, rows)
                                .with(COTANGENT, diagonal);
                gradient.add(Reduction.map(noise), args, compute);
            }
        }
        return gradient.bySlot();
    }

    private Buffer diagonal(Array weights, Compute compute) {
        int n = data.rows();
        double[] all = Rows.doubles(weights);
        var diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = all[i * n + i];
        }
        return Rows.upload(Array.of(1, diagonal), compute);
    }

    /** Frees its buffers; the next call takes new ones. */
    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            pairs.close();
            rows = null;
            pairs = null;
            matrix = null;
        }
    }
}
