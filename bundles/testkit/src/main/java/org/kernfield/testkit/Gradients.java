package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Compares the gradient of L = Σ cotangent · result, as the reductions of {@link Reduction#vjp}
 * give it, with central differences of L in float64.
 */
final class Gradients {
    private static final double STEP = 1e-5;

    /** Error of a central difference relative to the scale of its function: step² and rounding. */
    private static final double DIFFERENCE = 1e-8;

    private static final int PROBES = 6;

    private Gradients() {}

    /** Smooth problems, and cut ones whose numbers stay clear of the cut. */
    static List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (var sample : SampleKernels.ofPairs()) {
            if (sample.kernel().name().equals("everyOp")) {
                continue;
            }
            boolean tiles = sample.kernel().support().isPresent();
            problems.add(
                    sample.problem(
                            Reduction.Kind.SUM,
                            tiles ? Neighbourhood.TILES : Neighbourhood.ALL,
                            new Queries.Rows(64),
                            21));
        }
        problems.add(
                SampleKernels.everyOpOfRows()
                        .problem(Reduction.Kind.MAP, Neighbourhood.ALL, new Queries.Rows(7), 0));
        return problems;
    }

    static void check(Problem problem, Session session, ElementType type, double unit) {
        Kernel kernel = problem.reduction().kernel();
        var wrt = new HashSet<String>();
        for (Slot slot : kernel.slots()) {
            boolean ofSum = problem.reduction().kind() == Reduction.Kind.SUM;
            if (!(ofSum && slot.role() == Slot.Role.UNIFORM)) {
                wrt.add(slot.name());
            }
        }
        var cotangents = cotangents(problem);
        var withCotangents = new LinkedHashMap<>(problem.arrays());
        withCotangents.putAll(cotangents);
        for (Reduction gradient : problem.reduction().vjp(Set.copyOf(wrt))) {
            var backward =
                    new Problem(
                            "gradient of " + problem,
                            gradient,
                            problem.queries(),
                            withCotangents,
                            problem.uniforms());
            var results = backward.solve(session, type);
            Agreement.checkRounding(backward, results, unit);
            for (Output output : gradient.kernel().outputs()) {
                Slot slot = kernel.slot(output.name().substring(2));
                probe(problem, cotangents, slot, results.get(output.name()), backward, unit);
            }
        }
    }

    private static Map<String, Array> cotangents(Problem problem) {
        var random = new SplittableRandom(7);
        var cotangents = new LinkedHashMap<String, Array>();
        for (Output output : problem.reduction().kernel().outputs()) {
            Array numbers = Array.zeros(ElementType.F32, rows(problem), output.width());
            for (long k = 0; k < numbers.elements(); k++) {
                numbers.set(k, random.nextDouble(-1, 1));
            }
            cotangents.put("d_" + output.name(), numbers);
        }
        return cotangents;
    }

    /** A map's or a sum's cotangent has a row a query. */
    private static long rows(Problem problem) {
        return problem.queries().count();
    }

    private static void probe(
            Problem problem,
            Map<String, Array> cotangents,
            Slot slot,
            double[] gradient,
            Problem backward,
            double unit) {
        double[] allowed = bounds(backward, unit).get("d_" + slot.name());
        var random = new SplittableRandom(slot.name().hashCode());
        for (int n = 0; n < PROBES; n++) {
            int at = random.nextInt(gradient.length);
            double above = loss(problem, cotangents, slot, at, STEP);
            double below = loss(problem, cotangents, slot, at, -STEP);
            double halfAbove = loss(problem, cotangents, slot, at, STEP / 2);
            double halfBelow = loss(problem, cotangents, slot, at, -STEP / 2);
            double difference = (above - below) / (2 * STEP);
            double finer = (halfAbove - halfBelow) / STEP;
            double scale = Math.abs(difference) + Math.abs(above) + 1;
            if (Math.abs(difference - finer) > DIFFERENCE * scale) {
                // a kink or a cut lies within the step: the difference says nothing here
                continue;
            }
            double tolerance = allowed[at] + DIFFERENCE * scale;
            if (!(Math.abs(gradient[at] - difference) <= tolerance)) {
                throw new AssertionError(
                        "gradient of %s by %s: component %d is %s; differences give %s ± %s"
                                .formatted(problem, slot, at, gradient[at], difference, tolerance));
            }
        }
    }

    private static Map<String, double[]> bounds(Problem backward, double unit) {
        try (var reference = Agreement.reference()) {
            var exact = backward.in(ElementType.F64);
            var args = exact.bind(reference, ElementType.F64);
            return reference.errorBounds(exact.reduction(), args, unit);
        }
    }

    /** L with component {@code at} of a slot moved by {@code step}, in float64. */
    private static double loss(
            Problem problem, Map<String, Array> cotangents, Slot slot, int at, double step) {
        try (var reference = Agreement.reference()) {
            var results = moved(problem, slot, at, step).solve(reference, ElementType.F64);
            double loss = 0;
            for (var result : results.entrySet()) {
                Array cotangent = cotangents.get("d_" + result.getKey());
                for (int k = 0; k < result.getValue().length; k++) {
                    loss += cotangent.get(k) * result.getValue()[k];
                }
            }
            return loss;
        }
    }

    private static Problem moved(Problem problem, Slot slot, int at, double step) {
        if (slot.role() == Slot.Role.UNIFORM) {
            var uniforms = new LinkedHashMap<>(problem.uniforms());
            double[] values = uniforms.get(slot.name()).clone();
            values[at] += step;
            uniforms.put(slot.name(), values);
            return new Problem(
                    problem.name(),
                    problem.reduction(),
                    problem.queries(),
                    problem.arrays(),
                    uniforms);
        }
        Array values = problem.arrays().get(slot.name()).as(ElementType.F64);
        values.set(at, values.get(at) + step);
        return problem.with(slot.name(), values);
    }
}
