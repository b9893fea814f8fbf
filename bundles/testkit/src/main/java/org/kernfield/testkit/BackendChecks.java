package org.kernfield.testkit;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * What every backend must do; each check throws an {@link AssertionError} that says what failed.
 */
public final class BackendChecks {
    private static final long CANCEL_AFTER_NANOS = 50_000_000;

    /** 100 ms are promised; the rest is for a machine that others are using too. */
    private static final long CANCEL_WITHIN_NANOS = 400_000_000;

    private final Backend backend;
    private final ElementType arithmetic;
    private final double unit;

    /**
     * @param arithmetic the element type of buffers, {@code F32} or {@code F64}, whose precision is
     *     demanded
     */
    public BackendChecks(Backend backend, ElementType arithmetic) {
        this.backend = backend;
        this.arithmetic = arithmetic;
        this.unit = Agreement.unit(arithmetic);
    }

    private Session open(Workers workers) {
        return backend.open(new Resources(workers, Budget.unlimited(), CancelToken.NONE));
    }

    /**
     * Whether a kernel can be written with the backend's operations; problems with others are left
     * out.
     */
    public boolean knows(Kernel kernel) {
        return kernel.missing(backend.operations()).isEmpty();
    }

    /** It says what it is. */
    public void describesItself() {
        require(backend.name().matches("[a-z][a-z0-9-]*"), "name '" + backend.name() + "'");
        require(!backend.description().isBlank(), "description is blank");
        require(!backend.operations().isEmpty(), "it knows no operation");
    }

    /** It gives what the reference gives, to {@code τ · Σ |term|}. */
    public void agrees(List<Problem> problems, boolean cancels) {
        try (var workers = new Threads(2);
                var session = open(workers)) {
            for (Problem problem : problems) {
                if (!knows(problem.reduction().kernel())) {
                    continue;
                }
                var results = problem.solve(session, arithmetic);
                if (cancels) {
                    Agreement.checkRounding(problem, results, unit);
                } else {
                    Agreement.check(problem, results, unit);
                }
            }
        }
    }

    /** It overwrites whatever was in the output buffers and leaves the inputs as they were. */
    public void overwritesOutputsOnly() {
        for (var kind : List.of(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES)) {
            var rows = new Queries.Rows(64);
            for (var over : List.of(Neighbourhood.ALL, Neighbourhood.TILES)) {
                var problem =
                        SampleKernels.anisotropic().problem(kind, over, rows, 7).in(arithmetic);
                try (var session = open(Workers.SERIAL)) {
                    var args = problem.bind(session, arithmetic);
                    var before = Problem.read(args.buffers());
                    var outputs = problem.outputs(session, arithmetic, args);
                    outputs.values().forEach(b -> b.write(filled(b, 1000)));
                    session.run(problem.reduction(), args, outputs);
                    Agreement.check(problem, Problem.read(outputs), unit);
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
        var rows = SampleKernels.everyOpOfRows();
        var map = rows.problem(Reduction.Kind.MAP, Neighbourhood.ALL, new Queries.Rows(64), 0);
        var numbers = map.arrays().get("p").as(ElementType.F32);
        numbers.set(20, Double.NaN);
        numbers.set(41, Double.POSITIVE_INFINITY);
        numbers.set(60, Double.NEGATIVE_INFINITY);
        sameKinds(map.with("p", numbers));
    }

    /** NaN where the reference has NaN, infinity where infinity, numbers where numbers. */
    private void sameKinds(Problem problem) {
        if (!knows(problem.reduction().kernel())) {
            return;
        }
        try (var reference = Agreement.reference();
                var session = open(Workers.SERIAL)) {
            var expected = problem.solve(reference, ElementType.F64);
            var given = problem.solve(session, arithmetic);
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

    /** Wrong bindings are refused with a sentence that names kernel, slot and remedy. */
    public void refusesWrongBindings() {
        var problem =
                SampleKernels.several()
                        .problem(Reduction.Kind.SUM, Neighbourhood.ALL, new Queries.Rows(7), 5)
                        .in(arithmetic);
        try (var session = open(Workers.SERIAL)) {
            var args = problem.bind(session, arithmetic);
            var outputs = problem.outputs(session, arithmetic, args);
            Buffer wide = session.allocate(arithmetic, 5, 3);
            Buffer longer = session.allocate(arithmetic, 8, 2);
            refuses(session, problem, without(args, "width"), outputs, "width");
            refuses(session, problem, args.with("width", wide), outputs, "width");
            refuses(session, problem, args.with("x", longer), outputs, "x");
            refuses(session, problem, args.with("tilt", 1, 2), outputs, "tilt");
            refuses(session, problem, withoutUniform(args, "tilt"), outputs, "tilt");
            var missing = new HashMap<>(outputs);
            missing.remove("slope");
            refuses(session, problem, args, missing, "slope");
            missing.put("slope", longer);
            refuses(session, problem, args, missing, "slope");
        }
    }

    private static void refuses(
            Session session, Problem problem, Args args, Map<String, Buffer> outputs, String slot) {
        try {
            session.run(problem.reduction(), args, outputs);
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            require(
                    message != null && message.contains("several") && message.contains(slot),
                    "a wrong binding of " + slot + " is refused with: " + message);
            return;
        }
        throw new AssertionError(problem + ": a wrong binding of " + slot + " is not refused");
    }

    private static Args without(Args args, String slot) {
        var buffers = new HashMap<>(args.buffers());
        buffers.remove(slot);
        return new Args(args.queries(), buffers, args.uniforms());
    }

    private static Args withoutUniform(Args args, String slot) {
        var uniforms = new HashMap<>(args.uniforms());
        uniforms.remove(slot);
        return new Args(args.queries(), args.buffers(), uniforms);
    }

    /** Memory is counted: refused with its figure beyond the budget, and all given back. */
    public void keepsToItsBudget() {
        var budget = new Budget(64_000_000);
        var session = backend.open(new Resources(Workers.SERIAL, budget, CancelToken.NONE));
        session.allocate(arithmetic, 1000, 3).close();
        try {
            session.allocate(arithmetic, 100_000_000, 2);
            throw new AssertionError("a buffer beyond the budget is not refused");
        } catch (OutOfBudgetException e) {
            require(e.getMessage().contains("64 MB"), "refused with: " + e.getMessage());
        }
        SampleKernels.anisotropic()
                .problem(Reduction.Kind.SUM, Neighbourhood.TILES, Problems.raster(64, 48), 64)
                .solve(session, arithmetic);
        Buffer closedTwice = session.allocate(arithmetic, 10, 1);
        closedTwice.close();
        closedTwice.close();
        session.allocate(arithmetic, 1000, 3);
        session.close();
        require(budget.used() == 0, budget.used() + " bytes are not given back on closing");
    }

    /** Buffers begin as zeros and convert the element types they are written and read with. */
    public void convertsElementTypes() {
        try (var session = open(Workers.SERIAL)) {
            Buffer buffer = session.allocate(arithmetic, 5, 3);
            Array zeros = Array.zeros(ElementType.F64, 5, 3);
            buffer.read(zeros);
            for (long k = 0; k < zeros.elements(); k++) {
                require(zeros.get(k) == 0, "a new buffer is not all zeros");
            }
            for (ElementType type : ElementType.values()) {
                Array numbers = Array.zeros(type, 5, 3);
                for (long k = 0; k < numbers.elements(); k++) {
                    numbers.set(k, k * 8);
                }
                buffer.write(numbers);
                for (ElementType other : ElementType.values()) {
                    Array back = Array.zeros(other, 5, 3);
                    buffer.read(back);
                    for (long k = 0; k < back.elements(); k++) {
                        require(
                                back.get(k) == k * 8,
                                "written as %s, read as %s: %s, not %s"
                                        .formatted(type, other, back.get(k), k * 8));
                    }
                }
            }
        }
    }

    /** A running reduction stops soon after its token says so, and the session lives on. */
    public void stopsWhenCancelled() {
        for (var kind : List.of(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES)) {
            var problem =
                    SampleKernels.anisotropic()
                            .problem(kind, Neighbourhood.ALL, Problems.raster(1000, 1000), 50_000)
                            .in(arithmetic);
            var deadline = new long[] {Long.MAX_VALUE};
            try (var workers = new Threads(2);
                    var session =
                            backend.open(
                                    new Resources(
                                            workers,
                                            Budget.unlimited(),
                                            () -> System.nanoTime() > deadline[0]))) {
                var args = problem.bind(session, arithmetic);
                var outputs = problem.outputs(session, arithmetic, args);
                deadline[0] = System.nanoTime() + CANCEL_AFTER_NANOS;
                try {
                    session.run(problem.reduction(), args, outputs);
                    throw new AssertionError(problem + ": cancelled, but it went on to the end");
                } catch (CancellationException e) {
                    long late = System.nanoTime() - deadline[0];
                    require(
                            late < CANCEL_WITHIN_NANOS,
                            problem + ": stopped " + late / 1_000_000 + " ms after cancellation");
                }
                deadline[0] = Long.MAX_VALUE;
                var small =
                        SampleKernels.gaussian()
                                .problem(kind, Neighbourhood.ALL, new Queries.Rows(7), 7);
                Agreement.check(small, small.solve(session, arithmetic), unit);
            }
        }
    }

    /** The same bits on one, two and three threads. */
    public void sameBitsOnAnyNumberOfThreads() {
        for (Problem problem : large()) {
            Map<String, double[]> first = null;
            for (int count = 1; count <= 3; count++) {
                try (var workers = new Threads(count);
                        var session = open(workers)) {
                    var results = problem.solve(session, arithmetic);
                    first = first == null ? results : first;
                    sameBits(problem, first, results, count + " threads");
                }
            }
        }
    }

    private List<Problem> large() {
        var pixels = Problems.raster(64, 48);
        var sample = SampleKernels.anisotropic();
        var rows = SampleKernels.everyOpOfRows();
        return List.of(
                        sample.problem(Reduction.Kind.SUM, Neighbourhood.ALL, pixels, 1021),
                        sample.problem(Reduction.Kind.SUM, Neighbourhood.TILES, pixels, 1021),
                        sample.problem(
                                Reduction.Kind.SUM_INTO_SOURCES, Neighbourhood.ALL, pixels, 1021),
                        sample.problem(
                                Reduction.Kind.SUM_INTO_SOURCES, Neighbourhood.TILES, pixels, 1021),
                        rows.problem(
                                Reduction.Kind.TOTAL,
                                Neighbourhood.ALL,
                                Problems.raster(307, 211),
                                0),
                        rows.problem(
                                Reduction.Kind.MAP,
                                Neighbourhood.ALL,
                                Problems.raster(307, 211),
                                0))
                .stream()
                .filter(p -> knows(p.reduction().kernel()))
                .toList();
    }

    /** The same bits at the first call, interpreted, and at the thousandth, compiled. */
    public void sameBitsWhenCalledAThousandTimes() {
        for (var kind : List.of(Reduction.Kind.SUM, Reduction.Kind.SUM_INTO_SOURCES)) {
            var problem =
                    SampleKernels.payload()
                            .problem(kind, Neighbourhood.ALL, Problems.raster(13, 5), 21)
                            .in(arithmetic);
            try (var session = open(Workers.SERIAL)) {
                var args = problem.bind(session, arithmetic);
                var outputs = problem.outputs(session, arithmetic, args);
                session.run(problem.reduction(), args, outputs);
                var first = Problem.read(outputs);
                for (int call = 2; call <= 1000; call++) {
                    session.run(problem.reduction(), args, outputs);
                }
                sameBits(problem, first, Problem.read(outputs), "call 1000");
            }
        }
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
        var expressible = expressible();
        try (var workers = new Threads(2);
                var session = open(workers)) {
            for (long s = seed; s < seed + count; s++) {
                Problem problem = RandomProblems.of(s, expressible);
                try {
                    var results = problem.solve(session, arithmetic);
                    Agreement.checkRounding(problem, results, unit);
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

    /** The operations that the backend knows or that can be written with those. */
    private Set<Op> expressible() {
        return EnumSet.allOf(Op.class).stream()
                .filter(op -> knows(RandomProblems.only(op)))
                .collect(Collectors.toSet());
    }

    /** The derivatives that {@link Reduction#vjp} names against finite differences. */
    public void differentiates() {
        for (Problem problem : Gradients.problems()) {
            try (var session = open(Workers.SERIAL)) {
                Gradients.check(problem, session, arithmetic, unit);
            }
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
