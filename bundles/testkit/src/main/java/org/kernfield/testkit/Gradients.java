package org.kernfield.testkit;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Reduction.Kind;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final Problem problem;
    private final Session session;
    private final BackendUnderTest under;

    Gradients(Problem problem, Session session, BackendUnderTest under) {
        this.problem = problem;
        this.session = session;
        this.under = under;
    }

    /** Smooth problems, and cut ones whose numbers stay clear of the cut. */
    static List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        var rows = new Queries.Rows(64);
        for (var sample : SampleKernels.ofPairs()) {
            if (sample.kernel().name().equals("everyOp")) {
                continue;
            }
            boolean tiles = sample.kernel().support().isPresent();
            var over = tiles ? Neighbourhood.TILES : Neighbourhood.ALL;
            problems.add(sample.problem(Kind.SUM, over, rows, 21));
            problems.add(coincident(sample.problem(Kind.SUM, over, rows, 21)));
        }
        var edges = NeighbourKernels.edges();
        for (var over : List.of(Neighbourhood.ALL, Neighbourhood.LISTS)) {
            for (Kind kind :
                    List.of(
                            Kind.SUM,
                            Kind.SUM_INTO_SOURCES,
                            Kind.TOTAL,
                            Kind.LOG_SUM_EXP,
                            Kind.MATRIX)) {
                problems.add(edges.problem(kind, over, rows, 21));
            }
        }
        var mixture = NeighbourKernels.mixture(true);
        problems.add(mixture.problem(Kind.LOG_SUM_EXP, Neighbourhood.TILES, rows, 64));
        problems.add(coincident(mixture.problem(Kind.LOG_SUM_EXP, Neighbourhood.ALL, rows, 64)));
        var grid = NeighbourKernels.interpolated(3);
        problems.add(grid.problem(Kind.SUM, NeighbourKernels.grid(), rows, 125));
        var raster = Problems.raster(37, 5);
        var convolved = NeighbourKernels.convolved();
        problems.add(convolved.problem(Kind.SUM, NeighbourKernels.stencil(), raster, 185));
        for (Kind kind : List.of(Kind.SUM, Kind.SUM_INTO_SOURCES)) {
            // the derivative by the own number is no convolution, that by the neighbour's is
            problems.add(
                    NeighbourKernels.weighed()
                            .problem(
                                    kind,
                                    NeighbourKernels.stencil(),
                                    Problems.raster(64, 48),
                                    3072));
        }
        problems.add(
                NeighbourKernels.neighbours()
                        .problem(Kind.TOTAL, NeighbourKernels.forward(), raster, 185));
        problems.add(NeighbourKernels.nearest().problem(Kind.MAX, Neighbourhood.ALL, rows, 21));
        for (int sources : new int[] {7, 300}) {
            var splats = NeighbourKernels.splats();
            var composite =
                    Reduction.composite(
                            splats.kernel(), Neighbourhood.TILES, NeighbourKernels.compositing());
            problems.add(splats.problem(composite, raster, sources));
        }
        var every = SampleKernels.everyOpOfRows();
        problems.add(every.problem(Kind.MAP, Neighbourhood.ALL, new Queries.Rows(7), 0));
        problems.add(every.problem(Kind.TOTAL, Neighbourhood.ALL, new Queries.Rows(64), 0));
        return problems;
    }

    /** The first queries stand where the first sources do. */
    private static Problem coincident(Problem problem) {
        if (!problem.arrays().containsKey("centre")) {
            return problem;
        }
        Array x = problem.arrays().get("x").as(ElementType.F32);
        Array centre = problem.arrays().get("centre");
        for (long k = 0; k < Math.min(x.elements(), centre.elements()); k++) {
            x.set(k, centre.get(k));
        }
        return problem.with("x", x);
    }

    void check() {
        var results = problem.solve(session, under.arithmetic());
        List<Result> shapes = shapes();
        var backward = Backward.of(problem, results, shapes);
        for (Problem part : backward.problems()) {
            if (!under.knows(part.reduction())) {
                continue;
            }
            var gradients = part.solve(session, under.arithmetic());
            Agreement.checkRounding(part, gradients, under.unit());
            // what is carried back from rounded results differs from the difference by more
            boolean readsResults =
                    problem.reduction().kind() == Kind.LOG_SUM_EXP
                            || problem.reduction().kind() == Kind.COMPOSITE;
            if (readsResults && under.arithmetic() != ElementType.F64) {
                continue;
            }
            var bounds = bounds(part);
            for (Output output : part.reduction().kernel().outputs()) {
                String name = output.name();
                if (gradients.containsKey(name)) {
                    Slot slot = problem.reduction().kernel().slot(name.substring(2));
                    probe(backward, slot, gradients.get(name), bounds.get(name));
                }
            }
        }
    }

    private List<Result> shapes() {
        try (var reference = Agreement.reference()) {
            return problem.reduction().results(problem.bind(reference, ElementType.F64));
        }
    }

    private void probe(Backward backward, Slot slot, double[] gradient, double[] allowed) {
        var random = new SplittableRandom(slot.name().hashCode());
        for (int n = 0; n < PROBES && gradient.length > 0; n++) {
            int at = random.nextInt(gradient.length);
            double above = loss(backward, slot, at, STEP);
            double below = loss(backward, slot, at, -STEP);
            double halfAbove = loss(backward, slot, at, STEP / 2);
            double halfBelow = loss(backward, slot, at, -STEP / 2);
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

    private Map<String, double[]> bounds(Problem part) {
        try (var reference = Agreement.reference()) {
            var exact = part.in(ElementType.F64);
            var args = exact.bind(reference, ElementType.F64);
            return reference.errorBounds(exact.reduction(), args, under.unit());
        }
    }

    /** L with component {@code at} of a slot moved by {@code step}, in float64. */
    private double loss(Backward backward, Slot slot, int at, double step) {
        try (var reference = Agreement.reference()) {
            var results = moved(slot, at, step).solve(reference, ElementType.F64);
            double loss = 0;
            for (var cotangent : backward.cotangents().entrySet()) {
                double[] values = results.get(cotangent.getKey());
                for (int k = 0; k < values.length; k++) {
                    // −∞, a sum of nothing, does not move
                    double value = Double.isInfinite(values[k]) ? 0 : values[k];
                    loss += cotangent.getValue().get(k) * value;
                }
            }
            return loss;
        }
    }

    private Problem moved(Slot slot, int at, double step) {
        if (slot.role() == Slot.Role.UNIFORM) {
            var uniforms = new LinkedHashMap<>(problem.uniforms());
            double[] values = uniforms.get(slot.name()).clone();
            values[at] += step;
            uniforms.put(slot.name(), values);
            return problem.with(uniforms);
        }
        Array values = problem.arrays().get(slot.name()).as(ElementType.F64);
        values.set(at, values.get(at) + step);
        return problem.with(slot.name(), values);
    }
}
