package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.Limits;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Needs;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values of a fitted field at points: a row of values for each row of coordinates. */
public final class EvalVerb implements Needs {
    private static final Option AT =
            Option.text(
                    "at",
                    "CSV",
                    Wants.FILE,
                    "Table of coordinates, a point in each row; pixels of the source for a"
                            + " picture");
    private static final Option OUT =
            Option.text("out", "CSV", Wants.FILE, "Table to write, the values of each point");

    /** Points asked for at one time, so that any number of them fits into memory. */
    private static final int CHUNK = 1 << 18;

    private final Engine engine;

    public EvalVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "eval";
    }

    @Override
    public String summary() {
        return "Evaluate a fitted model at points";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(AT, OUT);
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
        Path at = arguments.path(AT).orElseThrow();
        FieldHandle field = Models.open(engine, arguments.path(0));
        Csv points = Csv.read(at, Limits.ofHeap());
        if (points.columns() != field.inputs()) {
            throw Failure.refused(
                    at.toString(),
                    "has " + points.columns() + " columns, the field takes " + field.inputs(),
                    "give a column for each coordinate");
        }
        AtomicFile.write(out, stream -> write(field, points, stream));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map("rows", points.rows(), "seconds", seconds),
                "%,d rows in %.2f s: %s".formatted(points.rows(), seconds, out));
    }

    private static void write(FieldHandle field, Csv points, OutputStream out) throws IOException {
        if (points.header()) {
            out.write((names(field.outputs()) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        for (int first = 0; first < points.rows(); first += CHUNK) {
            int rows = Math.min(CHUNK, points.rows() - first);
            out.write(chunk(field, points, first, rows).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String names(int outputs) {
        return switch (outputs) {
            case 1 -> "value";
            case 3 -> "red,green,blue";
            default ->
                    IntStream.rangeClosed(1, outputs)
                            .mapToObj(k -> "value" + k)
                            .collect(Collectors.joining(","));
        };
    }

    private static String chunk(FieldHandle field, Csv points, int first, int rows) {
        int inputs = points.columns();
        double[] range =
                Arrays.copyOfRange(points.values(), first * inputs, (first + rows) * inputs);
        var coordinates = new float[range.length];
        for (int k = 0; k < range.length; k++) {
            coordinates[k] = (float) range[k];
        }
        Array values = field.values(Array.of(inputs, coordinates));
        var text = new StringBuilder();
        for (long k = 0; k < values.elements(); k++) {
            text.append((float) values.get(k));
            text.append((k + 1) % values.width() == 0 ? '\n' : ',');
        }
        return text.toString();
    }
}
