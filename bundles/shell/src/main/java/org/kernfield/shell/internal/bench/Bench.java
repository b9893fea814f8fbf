package org.kernfield.shell.internal.bench;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Backend;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Calibrated;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Limits;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/** A backend to be measured. Nothing takes longer than {@link #PATIENCE} on it. */
public final class Bench {
    /** For one figure, in seconds; whatever is not done then is called too slow. */
    private static final double PATIENCE = 15;

    /** Spent on the first runs, until the compilers are done, and then on measuring. */
    private static final double WARM_SECONDS = 1.2;

    private static final double SECONDS = 0.8;
    private static final int LEAST_RUNS = 2;

    private final Backend backend;
    private final Resources resources;
    private final LinearAlgebra algebra;
    private Limits limits;
    private long deadline;

    public Bench(Backend backend, Resources resources, LinearAlgebra algebra) {
        this.backend = backend;
        this.algebra = algebra;
        CancelToken outer = resources.cancel();
        this.resources =
                new Resources(
                        resources.workers(),
                        resources.budget(),
                        () -> outer.isCancelled() || System.nanoTime() > deadline);
        this.deadline = Long.MAX_VALUE;
    }

    /** What the machine can do, where the backend can tell. */
    Optional<Limits> limits() {
        if (limits == null && backend instanceof Calibrated calibrated) {
            limits = calibrated.limits(resources.workers());
        }
        return Optional.ofNullable(limits);
    }

    /** Of the machine, whichever backend is measured. */
    LinearAlgebra algebra() {
        return algebra;
    }

    Session open() {
        return backend.open(resources);
    }

    /**
     * Measures in a session of its own; hands on the figure, or why there is none.
     *
     * @param figure from the seconds of one run
     */
    void figure(
            String name,
            String unit,
            Setup setup,
            DoubleFunction<Figure> figure,
            Consumer<Figure> found) {
        figure(name, unit, WARM_SECONDS, setup, figure, found);
    }

    /**
     * As {@link #figure(String, String, Setup, DoubleFunction, Consumer)}.
     *
     * @param warmSeconds how long it runs before it counts
     */
    void figure(
            String name,
            String unit,
            double warmSeconds,
            Setup setup,
            DoubleFunction<Figure> figure,
            Consumer<Figure> found) {
        deadline = System.nanoTime() + (long) ((PATIENCE + warmSeconds) * 1e9);
        try (var session = open()) {
            Runnable run = setup.in(session);
            repeat(run, warmSeconds);
            found.accept(figure.apply(repeat(run, SECONDS)));
        } catch (CancellationException e) {
            found.accept(Figure.missing(name, unit, "too slow to be measured"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            found.accept(Figure.missing(name, unit, e.getMessage()));
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    /** What is to be measured, made once. */
    @FunctionalInterface
    interface Setup {
        Runnable in(Session session);
    }

    /** Seconds of the best run, after warming up. */
    static double seconds(Runnable run) {
        repeat(run, WARM_SECONDS);
        return repeat(run, SECONDS);
    }

    private static double repeat(Runnable run, double atLeast) {
        double best = Double.POSITIVE_INFINITY;
        double spent = 0;
        for (int k = 0; k < LEAST_RUNS || spent < atLeast; k++) {
            double seconds = once(run);
            best = Math.min(best, seconds);
            spent += seconds;
        }
        return best;
    }

    static double once(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) * 1e-9;
    }

    /** A buffer of rows of {@code width}. */
    static Buffer upload(Session session, int width, double... values) {
        return upload(session, ElementType.F32, width, values);
    }

    static Buffer upload(Session session, ElementType type, int width, double... values) {
        Buffer buffer = session.allocate(type, values.length / width, width);
        buffer.write(Array.of(width, values));
        return buffer;
    }

    /** Buffers for what it writes. */
    static Map<String, Buffer> outputs(Session session, Reduction reduction, Args args) {
        var outputs = new LinkedHashMap<String, Buffer>();
        for (Result result : reduction.results(args)) {
            outputs.put(
                    result.name(), session.allocate(result.type(), result.rows(), result.width()));
        }
        return outputs;
    }

    /** One reduction with its own buffers for results. */
    static Runnable run(Session session, Reduction reduction, Args args) {
        var outputs = outputs(session, reduction, args);
        return () -> session.run(reduction, args, outputs);
    }
}
