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
import org.kernfield.gp.exact.UniformGradient;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Vec;

import java.util.Map;

/**
 * ∂(Σ_c l_cᵀ·(K + noise + lift)·r_c)/∂u for the uniforms u of a covariance function, from vectors l
 * and r: one reduction over all pairs, whose derivative is the language's.
 */
final class TraceGradient {
    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String COTANGENT = Reduction.cotangent(BoundCovariance.VALUE);

    private TraceGradient() {}

    /**
     * @param left n × columns
     * @param right n × columns
     * @param lift what is on the diagonal besides the noise
     */
    static Map<String, double[]> of(
            BoundCovariance k,
            Observations data,
            double[] left,
            double[] right,
            int columns,
            Lift lift,
            Compute compute) {
        var gradient = new UniformGradient();
        try (Buffer rows = upload(Array.of(data.columns(), data.x()), compute);
                Buffer l = upload(Array.of(columns, left), compute);
                Buffer r = upload(Array.of(columns, right), compute)) {
            Args args =
                    Args.rows(data.rows())
                            .with(BoundCovariance.X, rows)
                            .with(BoundCovariance.Y, rows)
                            .with(LEFT, l)
                            .with(RIGHT, r)
                            .with(COTANGENT, 1);
            Kernel signal = quadratic(k.signal(), columns, true);
            gradient.add(Reduction.total(signal), Rows.uniforms(args, k, k.signal()), compute);
            double share = dot(left, right) / data.rows();
            var lifted = args.with(COTANGENT, share * lift.byVariance());
            gradient.add(
                    Reduction.total(k.diagonal()), Rows.uniforms(lifted, k, k.diagonal()), compute);
            if (k.noise().isPresent()) {
                Kernel own = k.noise().get();
                Kernel noise = quadratic(own, columns, false);
                gradient.add(Reduction.total(noise), Rows.uniforms(args, k, own), compute);
                var lowered = args.with(COTANGENT, share * lift.byNoise());
                gradient.add(Reduction.total(own), Rows.uniforms(lowered, k, own), compute);
            }
        }
        return gradient.bySlot();
    }

    /** k·(l·r): the vectors belong to both rows of a pair, or to one row. */
    private static Kernel quadratic(Kernel covariance, int columns, boolean isOfPairs) {
        var builder = Kernel.build("trace").precision(covariance.precision());
        covariance.slots().forEach(builder::declare);
        Vec l = builder.input(LEFT, columns);
        Vec r = isOfPairs ? builder.param(RIGHT, columns) : builder.input(RIGHT, columns);
        Expr value = covariance.apply(Map.of()).get(BoundCovariance.VALUE).get(0);
        return builder.output(BoundCovariance.VALUE, value.times(l.dot(r))).done();
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int at = 0; at < left.length; at++) {
            sum += left[at] * right[at];
        }
        return sum;
    }

    private static Buffer upload(Array values, Compute compute) {
        Buffer buffer = compute.allocate(ElementType.F64, values.rows(), values.width());
        buffer.write(values);
        return buffer;
    }
}
