package org.kernfield.engine.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Result;
import org.kernfield.engine.Check;
import org.kernfield.field.Compute;
import org.kernfield.kernel.Expr;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.RadialProfile;
import org.kernfield.kernel.Slot;
import org.kernfield.kernel.Vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Computes a few small reductions on a backend and, pair by pair in float64, from the formula
 * itself.
 */
final class SelfTest {
    private static final int QUERIES = 257;
    private static final int SOURCES = 129;

    /** Of Σ |term|: ten times what a backend promises. */
    private static final double TOLERANCE = 1e-5;

    private final Grants grants;
    private final Map<String, double[]> numbers = new LinkedHashMap<>();

    SelfTest(Grants grants) {
        this.grants = grants;
    }

    /** One check for each reduction that was tried. */
    List<Check> of(Lease<Backend> lease) {
        Kernel kernel = gaussian();
        var forward = Reduction.sum(kernel, Neighbourhood.ALL);
        var reductions = new ArrayList<>(List.of(forward));
        reductions.addAll(forward.vjp(Set.of("x", "centre", "weight")));
        reductions.add(Reduction.map(row()));
        return new LeasedCall(Plugins.none(), grants)
                .on(
                        lease,
                        "kernfield-selftest",
                        compute -> reductions.stream().map(r -> check(compute, r)).toList());
    }

    private static Kernel gaussian() {
        var k = Kernel.build("gaussian");
        Vec difference = k.input("x", 3).minus(k.param("centre", 3));
        Expr scale = k.uniform("scale");
        k.output(
                "value",
                difference.squaredNorm().times(scale).radial(new RadialProfile.Gaussian()));
        return k.done().weighted(2);
    }

    private static Kernel row() {
        var k = Kernel.build("row");
        Vec x = k.input("x", 3);
        k.output("value", x.x().sin().times(x.y().exp()).plus(x.z().abs().plus(1).log().tanh()));
        return k.done();
    }

    private Check check(Compute compute, Reduction reduction) {
        String what = reduction.kind() + " of " + reduction.kernel().name();
        try {
            double error = error(compute, reduction);
            String found = "error %.1e of the sum of its terms".formatted(error);
            return error <= TOLERANCE
                    ? Check.good(what, found)
                    : Check.bad(what, found + ", allowed is 1e-5", "do not use it; report this");
        } catch (RuntimeException e) {
            return Check.bad(what, "failed: " + e, "do not use it; report this");
        }
    }

    private double error(Compute compute, Reduction reduction) {
        var args = Args.rows(QUERIES);
        for (Slot slot : reduction.kernel().slots()) {
            double[] values = numbers(slot);
            args =
                    slot.role() == Slot.Role.UNIFORM
                            ? args.with(slot.name(), values)
                            : args.with(
                                    slot.name(), compute.upload(Array.of(slot.width(), values)));
        }
        var outputs = new LinkedHashMap<String, Buffer>();
        for (Result result : reduction.results(args)) {
            outputs.put(
                    result.name(), compute.allocate(result.type(), result.rows(), result.width()));
        }
        compute.run(reduction, args, outputs);
        Result result = reduction.results(args).getFirst();
        Array given = compute.download(outputs.get(result.name()));
        args.buffers().values().forEach(Buffer::close);
        outputs.values().forEach(Buffer::close);
        return compare(reduction, result, given);
    }

    /** Largest difference, relative to Σ |term|. */
    private double compare(Reduction reduction, Result result, Array given) {
        boolean hasSources = reduction.kind() != Reduction.Kind.MAP;
        boolean intoSources = reduction.kind() == Reduction.Kind.SUM_INTO_SOURCES;
        int terms = !hasSources ? 1 : intoSources ? QUERIES : SOURCES;
        double worst = 0;
        for (int row = 0; row < result.rows(); row++) {
            var sum = new double[result.width()];
            var scale = new double[result.width()];
            for (int t = 0; t < terms; t++) {
                double[] term = term(reduction, intoSources ? t : row, intoSources ? row : t);
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += term[c];
                    scale[c] += Math.abs(term[c]);
                }
            }
            for (int c = 0; c < sum.length; c++) {
                double error = Math.abs(given.get((long) row * sum.length + c) - sum[c]);
                worst = Math.max(worst, error / Math.max(scale[c], 1e-3));
                if (Double.isNaN(error)) {
                    return Double.POSITIVE_INFINITY;
                }
            }
        }
        return worst;
    }

    private double[] term(Reduction reduction, int query, int source) {
        var row = new LinkedHashMap<String, double[]>();
        for (Slot slot : reduction.kernel().slots()) {
            int at = slot.role() == Slot.Role.INPUT ? query : source;
            double[] all = numbers(slot);
            row.put(
                    slot.name(),
                    slot.role() == Slot.Role.UNIFORM
                            ? all
                            : Arrays.copyOfRange(all, at * slot.width(), (at + 1) * slot.width()));
        }
        return reduction.kernel().program().evaluate(row);
    }

    /** Exact in float32, the same for one slot whenever asked. */
    private double[] numbers(Slot slot) {
        return numbers.computeIfAbsent(
                slot.name(),
                name -> {
                    int rows =
                            switch (slot.role()) {
                                case INPUT -> QUERIES;
                                case PARAM -> SOURCES;
                                default -> 1;
                            };
                    return new SplittableRandom(name.hashCode())
                            .doubles((long) rows * slot.width(), -1, 1)
                            .map(v -> (float) v)
                            .map(v -> slot.role() == Slot.Role.UNIFORM ? 1.5 + v / 2 : v)
                            .map(v -> (float) v)
                            .toArray();
                });
    }
}
