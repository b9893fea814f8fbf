package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.PathSampling;
import org.kernfield.field.Sampling;
import org.kernfield.field.Setting;
import org.kernfield.format.Table;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Needs;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Wants;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Functions as likely as the fitted one, at points. */
public final class SampleVerb implements Needs {
    private static final Option AT =
            Option.text("at", "CSV", Wants.FILE, "Table of points, a point in each row");
    private static final Option OUT =
            Option.text(
                    "out",
                    "CSV",
                    Wants.FILE,
                    "Table to write: a row for each point, a column for each function drawn");
    private static final Option COUNT =
            Option.integer("count", "N", 1, "How many functions to draw, default 10");
    private static final String JOINT = "joint";
    private static final String PATHWISE = "pathwise";
    private static final Option METHOD =
            new Option(
                    Setting.choice(
                            "method",
                            null,
                            List.of(JOINT, PATHWISE),
                            "Draw at all points jointly (the default; exact, for some thousand"
                                    + " points), or whole functions, the same for one seed wherever"
                                    + " they are asked for"),
                    "M",
                    false,
                    Wants.NOTHING);
    private static final long FEW = 10;

    private final Engine engine;

    public SampleVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public String summary() {
        return "Draw functions that are as likely as a fitted one, without the noise of data";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(AT, OUT, COUNT, METHOD, FitOptions.SEED);
    }

    @Override
    public List<Option> needed() {
        return List.of(AT, OUT);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        long start = System.nanoTime();
        Path out = arguments.path(OUT).orElseThrow();
        Staging.check(out);
        boolean isPathwise = PATHWISE.equals(arguments.value(METHOD, String.class));
        FieldHandle field = Models.predictive(engine, arguments.path(0), Sampling.class);
        if (isPathwise && !field.can(PathSampling.class)) {
            throw Failure.refused(
                    "--method " + PATHWISE,
                    "models of " + field.model().representation() + " are drawn jointly only",
                    "leave it out");
        }
        Long given = arguments.value(COUNT, Long.class);
        long count = given == null ? FEW : given;
        Long seed = arguments.value(FitOptions.SEED, Long.class);
        Path at = arguments.path(AT).orElseThrow();
        Points points = Points.read(engine, at, Expected.inputNames(field), field.inputs());
        int outputs = field.outputs();
        requireRoom(count, (long) points.rows() * outputs);
        long from = seed == null ? 0 : seed;
        Array drawn =
                isPathwise
                        ? field.use(
                                PathSampling.class,
                                (paths, compute) ->
                                        paths.paths(points.values(), (int) count, from, compute))
                        : field.use(
                                Sampling.class,
                                (joint, compute) ->
                                        joint.sample(points.values(), (int) count, from, compute));
        engine.write(table(drawn, Expected.targetNames(field), points), out);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "ok",
                        true,
                        "out",
                        out.toString(),
                        "rows",
                        points.rows(),
                        "count",
                        count,
                        "seconds",
                        seconds),
                "%,d functions at %,d points in %.2f s: %s"
                        .formatted(count, points.rows(), seconds, out));
    }

    private static void requireRoom(long count, long values) {
        if (count * values > Integer.MAX_VALUE / 8) {
            throw Failure.refused(
                    "--count " + count,
                    "%,d numbers at %,d points are too many for one table"
                            .formatted(count * values, values),
                    "draw fewer functions or give fewer points");
        }
    }

    /** Points down, draws across; the targets of one draw stand beside each other. */
    private static Table table(Array drawn, List<String> targets, Points points) {
        int count = (int) drawn.rows();
        int outputs = targets.size();
        var values = new double[(int) drawn.elements()];
        for (int draw = 0; draw < count; draw++) {
            for (int k = 0; k < drawn.width(); k++) {
                int row = k / outputs;
                int column = draw * outputs + k % outputs;
                values[row * count * outputs + column] = drawn.get((long) draw * drawn.width() + k);
            }
        }
        var names = new ArrayList<String>();
        for (int draw = 1; draw <= count && points.hasHeader(); draw++) {
            for (String target : targets) {
                names.add(target + "_" + draw);
            }
        }
        return new Table(names, Array.of(count * outputs, values));
    }
}
