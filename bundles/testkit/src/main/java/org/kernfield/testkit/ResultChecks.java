package org.kernfield.testkit;

import static org.kernfield.testkit.BackendUnderTest.require;

import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Slot;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a backend computes, against the reference. */
public final class ResultChecks {
    private final BackendUnderTest under;

    /** The operations that the backend knows or that can be written with those. */
    private final Set<Op> expressible;

    public ResultChecks(BackendUnderTest under) {
        this.under = under;
        this.expressible =
                EnumSet.allOf(Op.class).stream()
                        .filter(op -> isExpressible(RandomProblems.only(op)))
                        .collect(Collectors.toSet());
    }

    private boolean isExpressible(Kernel kernel) {
        return kernel.missing(under.backend().operations()).isEmpty();
    }

    /** It gives what the reference gives, to {@code τ · Σ |term|}. */
    public void agrees(List<Problem> problems, boolean cancels) {
        try (var workers = new Threads(2);
                var session = under.open(workers)) {
            for (Problem problem : problems) {
                if (!under.knows(problem.reduction())) {
                    continue;
                }
                var results = problem.solve(session, under.arithmetic());
                if (cancels) {
                    Agreement.checkRounding(problem, results, under.unit());
                } else {
                    Agreement.check(problem, results, under.unit());
                }
            }
        }
    }

    /** 100,000 tenths are 10,000, to the relative precision that is demanded. */
    public void addsTenths() {
        try (var workers = new Threads(2);
                var session = under.open(workers)) {
            for (Problem problem : Problems.tenths()) {
                if (!under.knows(problem.reduction())) {
                    continue;
                }
                double sum = problem.solve(session, under.arithmetic()).get("value")[0];
                require(
                        Math.abs(sum - 10_000) <= under.unit() * 10_000,
                        problem + ": " + sum + ", not 10,000");
            }
        }
    }

    /** It overwrites whatever was in the output buffers and leaves the inputs as they were. */
    public void overwritesOutputsOnly() {
        for (var kind : List.of(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES)) {
            var rows = new Queries.Rows(64);
            for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
                var problem =
                        SampleKernels.anisotropic()
                                .problem(kind, over, rows, 7)
                                .in(under.arithmetic());
                try (var session = under.open(Workers.SERIAL)) {
                    var args = problem.bind(session, under.arithmetic());
                    var before = Problem.read(args.buffers());
                    var outputs = problem.outputs(session, under.arithmetic(), args);
                    outputs.values().forEach(b -> b.write(filled(b, 1000)));
                    session.run(problem.reduction(), args, outputs);
                    Agreement.check(problem, Problem.read(outputs), under.unit());
                    var after = Problem.read(args.buffers());
                    before.forEach(
                            (slot, values) ->
                                    require(
                                            Arrays.equals(values, after.get(slot)),
                                            problem + " changed " + slot));
                }
            }
        }
    }

    private static Array filled(Buffer shape, double value) {
        var values = new double[Math.toIntExact(shape.rows() * shape.width())];
        Arrays.fill(values, value);
        return Array.of(shape.width(), values);
    }

    /** NaN and infinity in a number reach every result that reads it, and no other. */
    public void carriesNaNAndInfinity() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            for (var kind : List.of(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES)) {
                for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
                    for (String slot : List.of("amplitude", "centre")) {
                        var problem =
                                SampleKernels.gaussian()
                                        .problem(kind, over, Problems.raster(37, 5), 7);
                        var numbers = problem.arrays().get(slot).as(ElementType.F32);
                        numbers.set(3 * numbers.width(), bad);
                        sameKinds(problem.with(slot, numbers));
                    }
                }
            }
        }
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            NeighbourProblems.byKind().values().stream()
                    .flatMap(problems -> spoilt(problems, bad).stream())
                    .forEach(this::sameKinds);
            var splats = NeighbourProblems.splats();
            for (String slot : List.of("opacity", "colour", "centre")) {
                var numbers = splats.arrays().get(slot).as(ElementType.F32);
                numbers.set(3 * numbers.width(), bad);
                sameKinds(splats.with(slot, numbers));
            }
        }
        var rows = SampleKernels.everyOpOfRows();
        var map = rows.problem(Reduction.Kind.MAP, Neighbourhood.ALL, new Queries.Rows(64), 0);
        var numbers = map.arrays().get("p").as(ElementType.F32);
        numbers.set(20, Double.NaN);
        numbers.set(41, Double.POSITIVE_INFINITY);
        numbers.set(60, Double.NEGATIVE_INFINITY);
        sameKinds(map.with("p", numbers));
    }

    /** A small problem with one bad number in its first array of parameters. */
    private static Optional<Problem> spoilt(List<Problem> problems, double bad) {
        return problems.stream()
                .filter(p -> p.sources() >= 7 && p.queries().count() >= 7)
                .findFirst()
                .map(
                        problem -> {
                            var kernel = problem.reduction().kernel();
                            Slot slot = kernel.slots(Slot.Role.PARAM).getFirst();
                            var numbers = problem.arrays().get(slot.name()).as(ElementType.F32);
                            numbers.set(3 * numbers.width(), bad);
                            return problem.with(slot.name(), numbers);
                        });
    }

    /** NaN where the reference has NaN, infinity where infinity, numbers where numbers. */
    private void sameKinds(Problem problem) {
        if (!under.knows(problem.reduction())) {
            return;
        }
        try (var reference = Agreement.reference();
                var session = under.open(Workers.SERIAL)) {
            var expected = problem.solve(reference, ElementType.F64);
            var given = problem.solve(session, under.arithmetic());
            expected.forEach(
                    (output, wanted) -> {
                        for (int k = 0; k < wanted.length; k++) {
                            double g = given.get(output)[k];
                            boolean same =
                                    Double.isFinite(wanted[k])
                                            ? Double.isFinite(g)
                                            : Double.compare(wanted[k], g) == 0;
                            require(
                                    same,
                                    "%s with a number that is none: %s[%d] is %s, not %s"
                                            .formatted(problem, output, k, g, wanted[k]));
                        }
                    });
        }
    }

    /** Of sources with one and the same value the first is named, wherever it stands in a list. */
    public void namesTheFirstOfEqualMaxima() {
        var sample = NeighbourKernels.mixture(false);
        var plain = sample.problem(Reduction.Kind.MAX, Neighbourhood.ALL, new Queries.Rows(64), 80);
        var doubled = plain;
        for (Slot slot : sample.kernel().slots(Slot.Role.PARAM)) {
            var values = plain.arrays().get(slot.name()).toFloats();
            int half = values.length / 2;
            System.arraycopy(values, 0, values, half, half);
            doubled = doubled.with(slot.name(), Array.of(slot.width(), values));
        }
        var backwards = new int[64][80];
        for (int[] list : backwards) {
            Arrays.setAll(list, k -> 79 - k);
        }
        var kernel = sample.kernel();
        for (Problem problem :
                List.of(
                        doubled,
                        doubled.with("max over tiles", Reduction.max(kernel, Neighbourhood.TILES)),
                        doubled.with("max over lists", Reduction.max(kernel, Neighbourhood.LISTS))
                                .with(NeighbourLists.of(80, backwards)))) {
            if (!under.knows(problem.reduction())) {
                continue;
            }
            try (var session = under.open(Workers.SERIAL)) {
                var results = problem.solve(session, under.arithmetic());
                Agreement.checkRounding(problem, results, under.unit());
                for (double arg : results.get(Reduction.ARG + "density")) {
                    require(arg < 40, problem + ": source " + arg + " has a twin before it");
                }
            }
        }
    }

    /** Programs far longer than one compiled method may be. */
    public void computesLongPrograms() {
        for (int operations : new int[] {200, 1000, 6000}) {
            var sample = SampleKernels.chain(operations);
            var rows = new Queries.Rows(100);
            agrees(
                    List.of(
                            sample.problem(Reduction.Kind.MAP, Neighbourhood.ALL, rows, 0),
                            sample.problem(Reduction.Kind.TOTAL, Neighbourhood.ALL, rows, 0)),
                    true);
        }
    }

    /**
     * Random formulas against the reference.
     *
     * @param seed of the first; the message of a failure names the seed that repeats it
     * @param count how many
     */
    public void agreesOnRandomFormulas(long seed, int count) {
        try (var workers = new Threads(2);
                var session = under.open(workers)) {
            for (long s = seed; s < seed + count; s++) {
                Problem problem = RandomProblems.of(s, expressible);
                if (!under.knows(problem.reduction())) {
                    continue;
                }
                try {
                    var results = problem.solve(session, under.arithmetic());
                    Agreement.checkRounding(problem, results, under.unit());
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(
                            "random formula of seed "
                                    + s
                                    + ": "
                                    + e.getMessage()
                                    + "\n"
                                    + problem.reduction().kernel().describe(),
                            e);
                }
            }
        }
    }

    /** The derivatives that {@link Reduction#vjp} names against finite differences. */
    public void differentiates() {
        try (var session = under.open(Workers.SERIAL)) {
            for (Problem problem : Gradients.problems()) {
                if (under.knows(problem.reduction())) {
                    new Gradients(problem, session, under).check();
                }
            }
        }
    }
}
