package org.kernfield.testkit;

import static org.kernfield.testkit.BackendUnderTest.require;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Workers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** One computation gives one result, bit for bit. */
public final class RepeatChecks {
    private final BackendUnderTest under;

    public RepeatChecks(BackendUnderTest under) {
        this.under = under;
    }

    /** The same bits on one, two and three threads. */
    public void sameBitsOnAnyNumberOfThreads() {
        for (Problem problem : large()) {
            Map<String, double[]> first = null;
            for (int count = 1; count <= 3; count++) {
                try (var workers = new Threads(count);
                        var session = under.open(workers)) {
                    var results = problem.solve(session, under.arithmetic());
                    first = first == null ? results : first;
                    sameBits(problem, first, results, count + " threads");
                }
            }
        }
    }

    private List<Problem> large() {
        var pixels = Problems.raster(64, 48);
        var sample = SampleKernels.anisotropic();
        var problems = new ArrayList<Problem>();
        for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
            problems.add(sample.problem(Reduction.Kind.SUM, over, pixels, 1013));
            problems.add(sample.problem(Reduction.Kind.SUM_INTO_SOURCES, over, pixels, 1013));
        }
        var rows = SampleKernels.everyOpOfRows();
        for (var kind : List.of(Reduction.Kind.TOTAL, Reduction.Kind.MAP)) {
            problems.add(rows.problem(kind, Neighbourhood.ALL, Problems.raster(307, 211), 0));
        }
        NeighbourProblems.byKind().values().forEach(k -> problems.add(largest(k)));
        problems.add(NeighbourProblems.symmetric().getLast());
        problems.add(NeighbourProblems.composites().getLast());
        return problems.stream().filter(p -> under.knows(p.reduction())).toList();
    }

    private static Problem largest(List<Problem> problems) {
        return problems.stream()
                .max(Comparator.comparingLong(p -> p.queries().count() * p.sources()))
                .orElseThrow();
    }

    /**
     * The same bits from a backend that came, worked, left and came again, with buffers left open;
     * and nothing that keeps the classes of one that has left.
     */
    public void sameBitsWhenItComesAgain() {
        Function<Backend, List<Map<String, double[]>>> work =
                backend -> solve(new BackendUnderTest(backend, under.arithmetic()));
        var first = Departure.visit(Backend.class, under.backend(), work);
        var again = Departure.visit(Backend.class, under.backend(), work);
        var problems = leaving();
        for (int k = 0; k < problems.size(); k++) {
            sameBits(problems.get(k), first.get(k), again.get(k), "a second visit");
        }
    }

    private List<Problem> leaving() {
        return small().stream().map(p -> p.in(under.arithmetic())).toList();
    }

    private List<Map<String, double[]>> solve(BackendUnderTest visitor) {
        try (var workers = new Threads(2);
                var session = visitor.open(workers)) {
            session.allocate(under.arithmetic(), 1000, 3);
            return leaving().stream().map(p -> p.solve(session, under.arithmetic())).toList();
        }
    }

    /** The same bits at the first call, interpreted, and at the thousandth, compiled. */
    public void sameBitsWhenCalledAThousandTimes() {
        for (Problem problem : small()) {
            var inArithmetic = problem.in(under.arithmetic());
            try (var session = under.open(Workers.SERIAL)) {
                var args = inArithmetic.bind(session, under.arithmetic());
                var outputs = inArithmetic.outputs(session, under.arithmetic(), args);
                session.run(inArithmetic.reduction(), args, outputs);
                var first = Problem.read(outputs);
                for (int call = 2; call <= 1000; call++) {
                    session.run(inArithmetic.reduction(), args, outputs);
                }
                sameBits(problem, first, Problem.read(outputs), "call 1000");
            }
        }
    }

    private List<Problem> small() {
        var raster = Problems.raster(9, 3);
        var payload = SampleKernels.payload();
        var mixture = NeighbourKernels.mixture(true);
        var splats = NeighbourKernels.splats();
        var compositing = NeighbourKernels.compositing();
        return Stream.of(
                        payload.problem(Reduction.Kind.SUM, Neighbourhood.ALL, raster, 13),
                        payload.problem(
                                Reduction.Kind.SUM_INTO_SOURCES, Neighbourhood.ALL, raster, 13),
                        mixture.problem(Reduction.Kind.LOG_SUM_EXP, Neighbourhood.ALL, raster, 13),
                        splats.problem(
                                Reduction.composite(
                                        splats.kernel(), Neighbourhood.TILES, compositing),
                                raster,
                                13))
                .filter(p -> under.knows(p.reduction()))
                .toList();
    }

    private static void sameBits(
            Problem problem,
            Map<String, double[]> first,
            Map<String, double[]> other,
            String when) {
        first.forEach(
                (output, values) -> {
                    int at = Arrays.mismatch(values, other.get(output));
                    require(
                            at < 0,
                            "%s: %s[%d] is %s with %s, %s before"
                                    .formatted(
                                            problem,
                                            output,
                                            at,
                                            at < 0 ? "" : other.get(output)[at],
                                            when,
                                            at < 0 ? "" : values[at]));
                });
    }
}
