package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Labelled;
import org.kernfield.field.Predictive;
import org.kernfield.format.AtomicFile;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Needs;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values of a fitted field at points, with error bars where it has them: a row for each point. */
public final class EvalVerb implements Needs {
    private static final Option AT =
            Option.text(
                    "at",
                    "CSV",
                    Wants.FILE,
                    "Table of coordinates, a point in each row: pixels of the source for a"
                            + " picture, columns called as in the table that was fitted");
    private static final Option OUT =
            Option.text("out", "CSV", Wants.FILE, "Table to write, the values of each point");

    private static final Option STD =
            Option.flag(
                    "std",
                    "Write the standard deviation of each value beside it, noise included, in the"
                            + " units of the table that was fitted");
    private static final Option LATENT =
            Option.flag("latent", "Leave the noise of observations out of standard deviations");

    private static final Option EYE =
            Option.text(
                    "eye",
                    "X,Y,Z",
                    Wants.NOTHING,
                    "Of a scene of splats: write density, red, green, blue of each point as it is"
                            + " seen from here, and the share of light that comes through");

    /** Points asked for at one time, so that any number of them fits into memory. */
    private static final int CHUNK = 1 << 18;

    private final Engine engine;
    private final Surroundings surroundings;

    public EvalVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "eval";
    }

    @Override
    public String summary() {
        return "Evaluate a fitted model or a scene at points";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(AT, STD, LATENT, EYE, OUT);
    }

    @Override
    public List<Option> needed() {
        return List.of(AT, OUT);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        long start = System.nanoTime();
        boolean hasDeviations = arguments.has(STD);
        boolean isLatent = arguments.has(LATENT);
        if (isLatent && !hasDeviations) {
            throw Failure.usage(
                    "--latent", "means are without noise anyway", "add --std for deviations");
        }
        Path out = arguments.path(OUT).orElseThrow();
        Staging.check(out);
        Path at = arguments.path(AT).orElseThrow();
        FieldHandle field = answering(arguments);
        boolean isPredictive = field.can(Predictive.class);
        List<String> inputs = isPredictive ? Expected.inputNames(field) : List.of();
        Points points = Points.read(engine, at, inputs, field.inputs());
        Sight sight = arguments.text(EYE).map(eye -> new Sight(field, eye)).orElse(null);
        List<String> names = isPredictive ? columns(field, hasDeviations) : channels(field, sight);
        Answers answers =
                isPredictive
                        ? part -> expected(field, part, hasDeviations, isLatent)
                        : part -> rows(sight == null ? values(field, part) : sight.at(part));
        AtomicFile.write(out, stream -> write(points, names, answers, stream));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map("out", out.toString(), "rows", points.rows(), "seconds", seconds),
                "%,d rows in %.2f s: %s".formatted(points.rows(), seconds, out));
    }

    /** A model that can answer what is asked. */
    private FieldHandle answering(Arguments arguments) throws IOException {
        Path model = arguments.path(0);
        return arguments.has(STD)
                ? Models.predictive(engine, model, Predictive.class)
                : Models.orScene(engine, model, surroundings);
    }

    /** What stands in the rows of some points. */
    private interface Answers {
        String at(Array points);
    }

    private static void write(Points points, List<String> names, Answers answers, OutputStream out)
            throws IOException {
        if (points.hasHeader()) {
            out.write((String.join(",", names) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (int first = 0; first < points.rows(); first += CHUNK) {
            int rows = Math.min(CHUNK, points.rows() - first);
            String text = answers.at(points.rows(first, rows));
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static List<String> channels(FieldHandle field, Sight sight) {
        if (sight != null) {
            return Sight.NAMES;
        }
        if (field.can(Labelled.class)) {
            return field.use(Labelled.class, (f, compute) -> List.copyOf(f.outputNames()));
        }
        int outputs = field.outputs();
        return switch (outputs) {
            case 1 -> List.of("value");
            case 3 -> List.of("red", "green", "blue");
            default -> IntStream.rangeClosed(1, outputs).mapToObj(k -> "value" + k).toList();
        };
    }

    /** A column for each target, and one for its deviation behind it. */
    private static List<String> columns(FieldHandle field, boolean hasDeviations) {
        return Expected.targetNames(field).stream()
                .map(name -> name.replaceAll("[,\"\\v]", " "))
                .flatMap(name -> hasDeviations ? Stream.of(name, name + "_std") : Stream.of(name))
                .toList();
    }

    private static Array values(FieldHandle field, Array points) {
        return field.values(points.as(ElementType.F32));
    }

    private static String rows(Array values) {
        var text = new StringBuilder();
        for (long k = 0; k < values.elements(); k++) {
            text.append((float) values.get(k));
            text.append((k + 1) % values.width() == 0 ? '\n' : ',');
        }
        return text.toString();
    }

    private static String expected(
            FieldHandle field, Array points, boolean hasDeviations, boolean isLatent) {
        var x = new double[(int) points.elements()];
        Arrays.setAll(x, points::get);
        var wanted = hasDeviations ? Predictive.Wanted.VARIANCE : Predictive.Wanted.MEAN;
        Expected found = Expected.at(field, x, points.width(), wanted, isLatent);
        var text = new StringBuilder();
        for (int k = 0; k < found.mean().length; k++) {
            text.append(found.mean()[k]);
            if (hasDeviations) {
                text.append(',').append(Math.sqrt(found.variance()[k]));
            }
            text.append((k + 1) % found.outputs() == 0 ? '\n' : ',');
        }
        return text.toString();
    }
}
