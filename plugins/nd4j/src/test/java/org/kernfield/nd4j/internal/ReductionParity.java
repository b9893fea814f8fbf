package org.kernfield.nd4j.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Backend;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.cpu.internal.CpuBackend;
import org.kernfield.reference.ReferenceSession;
import org.kernfield.testkit.Agreement;
import org.kernfield.testkit.NeighbourProblems;
import org.kernfield.testkit.Problem;
import org.kernfield.testkit.Problems;
import org.kernfield.testkit.SampleKernels;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every reduction on cpu and nd4j beside the interpreter. */
final class ReductionParity {
    private static final List<ElementType> TYPES = List.of(ElementType.F32, ElementType.F64);

    private final Resources resources;
    private final Parity parity;
    private final List<Backend> backends = List.of(new CpuBackend(), new Nd4jBackend());

    ReductionParity(Resources resources, Parity parity) {
        this.resources = resources;
        this.parity = parity;
    }

    /**
     * The largest error of each kind as a share of the contract's bound, rounding inside the terms
     * of a sum included: in some of these formulas terms cancel within themselves.
     *
     * @param orders also sums over so many rows and as many sources
     */
    void print(int[] orders) {
        var head = new StringBuilder("| reduction");
        TYPES.forEach(t -> backends.forEach(b -> head.append(" | " + b.name() + " " + t)));
        System.out.println("\n" + head + " |\n|" + "---|".repeat(1 + 2 * TYPES.size()));
        kinds(orders).forEach(this::row);
    }

    private static Map<String, List<Problem>> kinds(int[] orders) {
        Map<String, List<Problem>> kinds = new LinkedHashMap<>();
        kinds.put("MAP and TOTAL over rows", Problems.ofRows());
        for (var sample : List.of(SampleKernels.everyOp(), SampleKernels.contracted())) {
            kinds.computeIfAbsent("SUM and SUM_INTO_SOURCES over rows", n -> new ArrayList<>())
                    .addAll(Problems.sums(sample));
        }
        kinds.put("SUM over All, symmetric", NeighbourProblems.symmetric());
        kinds.putAll(NeighbourProblems.byKind());
        for (var sample : List.of(SampleKernels.gaussian(), SampleKernels.anisotropic())) {
            for (Problem problem : Problems.sums(sample)) {
                kinds.get(NeighbourProblems.name(problem)).add(problem);
            }
        }
        kinds.put("COMPOSITE", NeighbourProblems.composites());
        for (int n : orders) {
            for (var kind :
                    List.of(
                            Reduction.Kind.SUM,
                            Reduction.Kind.SUM_INTO_SOURCES,
                            Reduction.Kind.TOTAL,
                            Reduction.Kind.LOG_SUM_EXP,
                            Reduction.Kind.MAX,
                            Reduction.Kind.MATRIX)) {
                Problem problem =
                        SampleKernels.squaredExponential()
                                .problem(kind, Neighbourhood.ALL, new Queries.Rows(n), n);
                kinds.put("%s over All, %d × %d".formatted(kind, n, n), List.of(problem));
            }
        }
        return kinds;
    }

    private void row(String kind, List<Problem> problems) {
        var row = new StringBuilder("| " + kind);
        var worst = new EnumMap<ElementType, double[]>(ElementType.class);
        for (Problem problem : problems) {
            for (ElementType type : TYPES) {
                double[] shares = shares(problem, type);
                double[] before = worst.computeIfAbsent(type, t -> new double[shares.length]);
                for (int b = 0; b < shares.length; b++) {
                    before[b] = Math.max(before[b], shares[b]);
                }
            }
        }
        for (ElementType type : TYPES) {
            for (double share : worst.get(type)) {
                row.append(" | ").append(parity.shown(share));
            }
        }
        System.out.println(row.append(" |"));
    }

    private double[] shares(Problem given, ElementType type) {
        try (var reference = Agreement.reference()) {
            Problem exact = given.in(ElementType.F64);
            Args args = exact.bind(reference, ElementType.F64);
            double unit = Agreement.unit(type);
            var wanted = exact.solve(reference, ElementType.F64);
            var allowed = reference.errorBounds(exact.reduction(), args, unit);
            return backends.stream()
                    .mapToDouble(
                            backend -> {
                                var found = solve(backend, given, type);
                                if (isOfNoNeighbour(reference, exact, args, unit, found)) {
                                    return Double.POSITIVE_INFINITY;
                                }
                                return share(found, wanted, allowed);
                            })
                    .toArray();
        }
    }

    private Map<String, double[]> solve(Backend backend, Problem problem, ElementType type) {
        try (var session = backend.open(resources)) {
            return problem.solve(session, type);
        }
    }

    /** Whether a source that is said to have a maximum has it not. */
    private static boolean isOfNoNeighbour(
            ReferenceSession reference,
            Problem exact,
            Args args,
            double unit,
            Map<String, double[]> found) {
        if (exact.reduction().kind() != Reduction.Kind.MAX) {
            return false;
        }
        for (double[] shortfalls :
                reference.shortfalls(exact.reduction(), args, unit, found).values()) {
            for (double shortfall : shortfalls) {
                if (shortfall > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double share(
            Map<String, double[]> found,
            Map<String, double[]> wanted,
            Map<String, double[]> allowed) {
        double worst = 0;
        for (String output : allowed.keySet()) {
            for (int k = 0; k < wanted.get(output).length; k++) {
                double bound = allowed.get(output)[k];
                double share = share(found.get(output)[k], wanted.get(output)[k], bound);
                worst = Math.max(worst, share);
            }
        }
        return worst;
    }

    /** A tolerance that is no number wants a result that is none either. */
    private static double share(double found, double wanted, double allowed) {
        if (found == wanted || allowed == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (Double.isNaN(allowed)) {
            return Double.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
        }
        double share = Math.abs(found - wanted) / allowed;
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }
}
