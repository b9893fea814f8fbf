package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Table;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;
import org.kernfield.shell.internal.bench.Bench;
import org.kernfield.shell.internal.bench.Figure;
import org.kernfield.shell.internal.bench.Swaps;
import org.kernfield.shell.internal.bench.Workload;
import org.kernfield.shell.internal.demo.Scene;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Measures what a backend does on this machine beside what the machine can do. */
public final class BenchVerb implements Verb {
    private static final Option BACKEND =
            Option.text("backend", "NAME", Wants.BACKEND, "Measure this backend");

    private static final String SWAP = "swap";
    private static final Option MOVES =
            Option.integer("moves", "N", 1, "For swap: how often the fit is moved; default 20");

    private static final long FEW_MOVES = 20;

    /** Of the picture whose fit is disturbed, in pixels. */
    private static final int SIDE = 48;

    private final Engine engine;
    private final Surroundings surroundings;

    public BenchVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "Measure the speed of this machine: " + names() + "; what moves cost: " + SWAP;
    }

    private static String names() {
        return Workload.all().stream().map(Workload::name).collect(Collectors.joining(", "));
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.optional("NAME", Wants.NOTHING));
    }

    @Override
    public List<Option> options() {
        return List.of(BACKEND, MOVES);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        if (arguments.operands().equals(List.of(SWAP))) {
            return swap(arguments, console);
        }
        List<Workload> workloads =
                arguments.operands().isEmpty()
                        ? Workload.all()
                        : List.of(workload(arguments.operand(0)));
        String named = arguments.text(BACKEND).orElse(null);
        FitOptions.require("backend", named, engine.backends());
        if (engine.backends().isEmpty()) {
            throw Failure.refused("bench", "there is no backend", "start the cpu plugin's bundle");
        }
        String backend = named == null ? engine.backends().getFirst().name() : named;
        var figures = new ArrayList<Figure>();
        var first = new ArrayList<Double>();
        engine.borrow(
                backend,
                (lent, resources, algebra) -> {
                    say(console, "measuring " + backend + ": " + lent.description());
                    var bench = new Bench(lent, resources, algebra);
                    for (Workload workload : workloads) {
                        say(console, workload.name() + ": " + workload.about());
                        workload.measure(
                                bench,
                                figure -> {
                                    if (first.isEmpty()) {
                                        first.add(sinceStart());
                                    }
                                    figures.add(figure);
                                    say(console, "  " + line(figure));
                                });
                    }
                    return null;
                });
        return reply(figures, first.getFirst());
    }

    private static Workload workload(String name) {
        return Workload.all().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Failure.usage(
                                        name,
                                        "nothing to measure is called so",
                                        "take one of " + names() + ", " + SWAP));
    }

    private Reply swap(Arguments arguments, Console console) throws Exception {
        FitOptions.require("backend", null, engine.backends());
        String backend = engine.backends().getFirst().name();
        var movable =
                surroundings
                        .movable(backend)
                        .orElseThrow(
                                () ->
                                        Failure.refused(
                                                "bench swap",
                                                backend + " comes from no bundle that can be moved",
                                                "run it from ./kernfield"));
        Long moves = arguments.value(MOVES, Long.class);
        var swaps =
                new Swaps(
                        engine,
                        backend,
                        movable,
                        Scene.render(SIDE, SIDE),
                        line -> say(console, line));
        Swaps.Outcome o = swaps.run(Math.toIntExact(moves == null ? FEW_MOVES : moves));
        return Facts.of(
                Facts.map(
                        "moves", o.moves(),
                        "stepsLost", o.stepsLost(),
                        "errors", o.errors(),
                        "leakedLoaders", o.leakedLoaders(),
                        "medianMoveSeconds", o.medianMoveSeconds(),
                        "overhead", o.overhead(),
                        "psnrDifference", o.difference()));
    }

    private static void say(Console console, String line) {
        console.err().println(line);
        console.err().flush();
    }

    private static String line(Figure figure) {
        return figure.value() == null
                ? figure.name() + ": " + figure.note()
                : "%s: %s %s".formatted(figure.name(), number(figure.value()), figure.unit());
    }

    private static Reply reply(List<Figure> figures, double firstResult) {
        var results = new ArrayList<Map<String, Object>>();
        var table = new Table("");
        table.row("what", "measured", "unit", "limit", "ratio");
        for (Figure figure : figures) {
            results.add(
                    Facts.map(
                            "name", figure.name(),
                            "value", figure.value(),
                            "unit", figure.unit(),
                            "limit", figure.limit(),
                            "peer", figure.peer(),
                            "ratio", figure.ratio()));
            table.row(
                    figure.name(),
                    figure.value() == null ? "-" : number(figure.value()),
                    figure.unit(),
                    figure.limit() == null ? "" : number(figure.limit()),
                    figure.ratio() == null ? "" : "%.2f".formatted(figure.ratio()));
        }
        return new Facts(
                Facts.map("results", results, "firstResultSeconds", firstResult),
                table
                        + "\nThe first figure was known after %s s; the machine's load is %.1f, its own included."
                                .formatted(number(firstResult), load()));
    }

    private static String number(double value) {
        return value >= 1000 ? "%.0f".formatted(value) : "%.3g".formatted(value);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static double sinceStart() {
        Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        return Duration.between(start, Instant.now()).toMillis() * 1e-3;
    }
}
