package org.kernfield.testkit;

import static org.kernfield.testkit.BackendUnderTest.require;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** How a session treats what it is given, besides computing. */
public final class SessionChecks {
    private static final long CANCEL_AFTER_NANOS = 50_000_000;

    /** 100 ms are promised; the rest is for a machine that others are using too. */
    private static final long CANCEL_WITHIN_NANOS = 400_000_000;

    /** What does not come back by then never will. */
    private static final int PATIENCE_SECONDS = 20;

    private final BackendUnderTest under;
    private final int patience;

    public SessionChecks(BackendUnderTest under) {
        this(under, PATIENCE_SECONDS);
    }

    /**
     * @param patience seconds after which what has not come back hangs
     */
    SessionChecks(BackendUnderTest under, int patience) {
        this.under = under;
        this.patience = patience;
    }

    /** It says what it is. */
    public void describesItself() {
        require(
                under.backend().name().matches("[a-z][a-z0-9-]*"),
                "name '" + under.backend().name() + "'");
        require(!under.backend().description().isBlank(), "description is blank");
        require(!under.backend().operations().isEmpty(), "it knows no operation");
    }

    /** Wrong bindings are refused with a sentence that names kernel, slot and remedy. */
    public void refusesWrongBindings() {
        var problem =
                SampleKernels.several()
                        .problem(Reduction.Kind.SUM, Neighbourhood.ALL, new Queries.Rows(7), 5)
                        .in(under.arithmetic());
        try (var session = under.open(Workers.SERIAL)) {
            var args = problem.bind(session, under.arithmetic());
            var outputs = problem.outputs(session, under.arithmetic(), args);
            Buffer wide = session.allocate(under.arithmetic(), 5, 3);
            Buffer longer = session.allocate(under.arithmetic(), 8, 2);
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
        var session = under.backend().open(new Resources(Workers.SERIAL, budget, CancelToken.NONE));
        Buffer counted = session.allocate(under.arithmetic(), 1000, 3);
        long bytes = 3000L * under.arithmetic().bytes();
        require(
                budget.used() >= bytes,
                "a buffer of %d bytes is counted as %d".formatted(bytes, budget.used()));
        counted.close();
        require(
                budget.used() < bytes,
                "a buffer of %d bytes is not given back when it is closed".formatted(bytes));
        try {
            session.allocate(under.arithmetic(), 100_000_000, 2);
            throw new AssertionError("a buffer beyond the budget is not refused");
        } catch (OutOfBudgetException e) {
            require(e.getMessage().contains("64 MB"), "refused with: " + e.getMessage());
        }
        SampleKernels.anisotropic()
                .problem(Reduction.Kind.SUM, Neighbourhood.TILES, Problems.raster(64, 48), 64)
                .solve(session, under.arithmetic());
        Buffer closedTwice = session.allocate(under.arithmetic(), 10, 1);
        closedTwice.close();
        closedTwice.close();
        session.allocate(under.arithmetic(), 1000, 3);
        session.close();
        require(budget.used() == 0, budget.used() + " bytes are not given back on closing");
    }

    /** Buffers begin as zeros and convert the element types they are written and read with. */
    public void convertsElementTypes() {
        try (var session = under.open(Workers.SERIAL)) {
            Buffer buffer = session.allocate(under.arithmetic(), 5, 3);
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
            Patience.within(
                    patience,
                    kind + ", soon cancelled",
                    () -> {
                        stopsWhenCancelled(kind);
                        return null;
                    });
        }
    }

    private void stopsWhenCancelled(Reduction.Kind kind) {
        var problem =
                SampleKernels.anisotropic()
                        .problem(kind, Neighbourhood.ALL, Problems.raster(1000, 1000), 50_000)
                        .in(under.arithmetic());
        var deadline = new AtomicLong(Long.MAX_VALUE);
        try (var workers = new Threads(2);
                var session =
                        under.backend()
                                .open(
                                        new Resources(
                                                workers,
                                                Budget.unlimited(),
                                                () -> System.nanoTime() > deadline.get()))) {
            var args = problem.bind(session, under.arithmetic());
            var outputs = problem.outputs(session, under.arithmetic(), args);
            deadline.set(System.nanoTime() + CANCEL_AFTER_NANOS);
            try {
                session.run(problem.reduction(), args, outputs);
                throw new AssertionError(problem + ": cancelled, but it went on to the end");
            } catch (CancellationException e) {
                long late = System.nanoTime() - deadline.get();
                require(
                        late < CANCEL_WITHIN_NANOS,
                        problem + ": stopped " + late / 1_000_000 + " ms after cancellation");
            }
            deadline.set(Long.MAX_VALUE);
            var small =
                    SampleKernels.gaussian()
                            .problem(kind, Neighbourhood.ALL, new Queries.Rows(7), 7);
            Agreement.check(small, small.solve(session, under.arithmetic()), under.unit());
        }
    }
}
