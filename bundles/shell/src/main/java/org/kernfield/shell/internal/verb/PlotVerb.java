package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Nearest;
import org.kernfield.field.Predictive;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.SettingException;
import org.kernfield.field.TableTask;
import org.kernfield.field.Task;
import org.kernfield.field.Trained;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.Table;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;
import org.kernfield.shell.internal.plot.Curve;
import org.kernfield.shell.internal.plot.Drawing;
import org.kernfield.shell.internal.plot.Raster;
import org.kernfield.shell.internal.plot.Relief;
import org.kernfield.shell.internal.plot.Svg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Draws a field with error bars along one input or over two. */
public final class PlotVerb implements Verb {
    private static final Option X =
            Option.repeated(
                    "x",
                    "NAME",
                    Wants.NOTHING,
                    "Input to vary, by name or number from 1; given twice, a plane of two; default"
                            + " all of one or two, else the first");
    private static final Option Y =
            Option.text("y", "NAME", Wants.NOTHING, "Target to show, default the first");
    private static final Option HOLD =
            Option.repeated(
                    "hold",
                    "NAME=VALUE",
                    Wants.NOTHING,
                    "Number to hold another input at, default the median of the data");
    private static final Option LATENT =
            Option.flag("latent", "Leave the noise of observations out of the band");
    private static final Option DATA =
            Option.text(
                    "data", "TABLE", Wants.FILE, "Table to show, default the one that was fitted");
    private static final Option SIZE =
            Option.text("size", "WxH", Wants.NOTHING, "Size in pixels, default 900x560");
    private static final Option OUT =
            Option.text(
                    "out",
                    "FILE",
                    Wants.FILE,
                    "Picture to write, .svg or of any format of pictures; default MODEL's name with"
                            + " .plot.png");

    private static final int LEAST = 240;
    private static final int ALONG = 400;
    private static final int CELLS = 72;

    private final Engine engine;

    public PlotVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "plot";
    }

    @Override
    public String summary() {
        return "Draw a fitted model with its error bars and data, along one input or over two";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(OUT, X, Y, HOLD, LATENT, DATA, SIZE);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        long start = System.nanoTime();
        Path model = arguments.path(0);
        Path out = arguments.path(OUT).orElseGet(() -> beside(model, arguments.directory()));
        Staging.check(out);
        PictureSize size = size(arguments);
        FieldHandle field = Models.predictive(engine, model, Predictive.class);
        TableTask data = data(field, arguments, model);
        Slice slice = slice(data, arguments);
        int target = arguments.text(Y).map(y -> find("--y " + y, y, data.targetNames())).orElse(0);
        Drawing drawing =
                slice.varying().size() == 1
                        ? curve(field, slice, target, arguments)
                                .drawing(size.width(), size.height())
                        : relief(field, slice, target, arguments)
                                .drawing(size.width(), size.height());
        write(drawing, out);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "ok", true,
                        "out", out.toString(),
                        "width", size.width(),
                        "height", size.height(),
                        "seconds", seconds),
                "%s: %s over %s in %.2f s"
                        .formatted(
                                out,
                                data.targetNames().get(target),
                                String.join(" and ", names(slice)),
                                seconds));
    }

    private static PictureSize size(Arguments arguments) {
        PictureSize size = PictureSize.parse(arguments.text(SIZE).orElse("900x560"));
        size.checkWhole(3);
        if (size.width() < LEAST || size.height() < LEAST) {
            throw Failure.refused(
                    "--size " + size,
                    "too small for axes and words",
                    "give at least " + LEAST + " pixels each way");
        }
        return size;
    }

    private static Path beside(Path model, Path directory) {
        String name = model.getFileName().toString();
        String stem =
                name.endsWith(Outputs.MODEL)
                        ? name.substring(0, name.length() - Outputs.MODEL.length())
                        : name;
        return directory.resolve(stem + ".plot.png");
    }

    private void write(Drawing drawing, Path out) throws IOException {
        if (out.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            byte[] text = Svg.of(drawing).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(out, stream -> stream.write(text));
            return;
        }
        try {
            engine.write(Raster.of(drawing), out);
        } catch (IllegalStateException e) {
            throw Failure.refused(
                    out.toString(),
                    e.getMessage() + ", so words cannot be drawn into a picture",
                    "write .svg, or install fontconfig and a font, for example fonts-dejavu-core");
        }
    }

    /** What is named, else what the model holds. */
    private TableTask data(FieldHandle field, Arguments arguments, Path model) throws IOException {
        Path table = arguments.path(DATA).orElse(null);
        if (table != null) {
            return read(field, table);
        }
        if (!field.can(Trained.class)) {
            throw Failure.refused(
                    model.toString(),
                    "it does not hold the table it was fitted to",
                    "name one with --data");
        }
        return field.use(Trained.class, (trained, compute) -> trained.training());
    }

    private TableTask read(FieldHandle field, Path table) throws IOException {
        List<String> inputs = Expected.inputNames(field);
        List<String> targets = Expected.targetNames(field);
        Task task;
        try {
            task =
                    engine.task(
                            table,
                            Map.of(
                                    "x", String.join(",", inputs),
                                    "y", String.join(",", targets)));
        } catch (SettingException e) {
            var names = Stream.concat(inputs.stream(), targets.stream()).toList();
            Points.requireAllOrNone(header(table), table, names);
            // without such names its columns count in their order
            task = engine.task(table, Map.of());
        }
        if (task instanceof TableTask data
                && data.inputs() == inputs.size()
                && data.outputs() == field.outputs()) {
            return data;
        }
        throw Failure.refused(
                table.toString(),
                "its columns are not those of the model",
                "give columns called " + String.join(", ", inputs));
    }

    /** Names of the columns of a table, which may be the one of a directory. */
    private List<String> header(Path table) throws IOException {
        Path file =
                Stream.of("data.csv", "data.csv.gz")
                        .map(table::resolve)
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElse(table);
        return engine.read(file, Table.class).columns();
    }

    private static Slice slice(TableTask data, Arguments arguments) {
        List<String> inputs = data.inputNames();
        List<Integer> varying =
                values(X, arguments).stream().map(x -> find("--x " + x, x, inputs)).toList();
        if (varying.isEmpty()) {
            varying = inputs.size() == 2 ? List.of(0, 1) : List.of(0);
        }
        if (varying.size() > 2 || varying.stream().distinct().count() < varying.size()) {
            throw Failure.usage(
                    "--x", "a plot is over one input or two different ones", "name as many");
        }
        double[] held = Slice.medians(data);
        for (String text : values(HOLD, arguments)) {
            int equals = text.lastIndexOf('=');
            if (equals < 1) {
                throw Failure.usage(
                        "--hold " + text, "not of the form NAME=VALUE", "write --hold name=2.5");
            }
            held[find("--hold " + text, text.substring(0, equals), inputs)] =
                    number(text, text.substring(equals + 1));
        }
        return new Slice(data, varying, held);
    }

    private static List<String> values(Option option, Arguments arguments) {
        return arguments.repeated().stream()
                .filter(entry -> entry.getKey().equals(option.name()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static double number(String given, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the sentence below says it
        }
        throw Failure.usage("--hold " + given, "'" + text + "' is no number", "write one");
    }

    private static int find(String given, String name, List<String> names) {
        int place = names.indexOf(name);
        if (place < 0 && name.matches("[1-9]\\d{0,8}")) {
            place = Integer.parseInt(name) - 1;
        }
        if (place < 0 || place >= names.size()) {
            throw Failure.refused(
                    given, "the model has no such column", Nearest.suggestion(name, names));
        }
        return place;
    }

    private static List<String> names(Slice slice) {
        return slice.varying().stream().map(slice.data().inputNames()::get).toList();
    }

    private static Expected expected(
            FieldHandle field, double[] points, int inputs, Arguments arguments) {
        return Expected.at(field, points, inputs, Wanted.VARIANCE, arguments.has(LATENT));
    }

    private static Curve curve(FieldHandle field, Slice slice, int target, Arguments arguments) {
        TableTask data = slice.data();
        double[] x = slice.range(0, ALONG);
        Expected found = expected(field, slice.points(x), data.inputs(), arguments);
        return new Curve(
                names(slice).getFirst(),
                data.targetNames().get(target),
                title(slice, slice.near().length),
                x,
                column(found.mean(), target, found.outputs()),
                deviations(found, target),
                slice.near(slice.varying().getFirst()),
                slice.nearTargets(target));
    }

    private static Relief relief(FieldHandle field, Slice slice, int target, Arguments arguments) {
        TableTask data = slice.data();
        double[] x = slice.range(0, CELLS);
        double[] y = slice.range(1, CELLS);
        Expected found = expected(field, slice.points(x, y), data.inputs(), arguments);
        return new Relief(
                names(slice).getFirst(),
                names(slice).getLast(),
                data.targetNames().get(target),
                title(slice, slice.near().length),
                x,
                y,
                column(found.mean(), target, found.outputs()),
                deviations(found, target),
                slice.near(slice.varying().get(0)),
                slice.near(slice.varying().get(1)),
                slice.nearTargets(target));
    }

    private static String title(Slice slice, int near) {
        String held = slice.heldText();
        return held.isEmpty()
                ? ""
                : "%s; %d of %d rows near".formatted(held, near, slice.data().rows());
    }

    private static double[] column(double[] values, int target, int outputs) {
        var column = new double[values.length / outputs];
        Arrays.setAll(column, k -> values[k * outputs + target]);
        return column;
    }

    private static double[] deviations(Expected found, int target) {
        double[] variances = column(found.variance(), target, found.outputs());
        return Arrays.stream(variances).map(Math::sqrt).toArray();
    }
}
