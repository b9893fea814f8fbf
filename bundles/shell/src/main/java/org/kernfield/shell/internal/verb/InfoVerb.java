package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Image;
import org.kernfield.field.Model;
import org.kernfield.field.Report;
import org.kernfield.format.Table;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a file holds. */
public final class InfoVerb implements Verb {
    private final Engine engine;
    private final Surroundings surroundings;

    public InfoVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String summary() {
        return "Tell what a file holds";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("FILE", Wants.FILE));
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        Path file = arguments.path(0);
        var format = Formats.of(file, surroundings);
        if (format.type() == Model.class) {
            return model(Models.open(engine, file), format.name());
        }
        if (format.type() == Image.class) {
            return Facts.of(picture(engine.read(file, Image.class), format.name()));
        }
        if (format.type() == Splats.class) {
            return new SplatReport(engine.read(file, Splats.class)).facts(format.name());
        }
        if (format.type() == PointCloud.class) {
            return Facts.of(points(engine.read(file, PointCloud.class), format.name()));
        }
        if (format.type() == Scene.class) {
            return Facts.of(scene(engine.read(file, Scene.class), format.name()));
        }
        if (format.type() == Table.class) {
            return Facts.of(table(engine.read(file, Table.class), format.name()));
        }
        String kind = format.type().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        engine.read(file, format.type());
        return Facts.of(Facts.map("kind", kind, "format", format.name()));
    }

    private static Map<String, Object> picture(Image picture, String format) {
        return Facts.map(
                "kind", "picture",
                "format", format,
                "width", picture.width(),
                "height", picture.height(),
                "channels", picture.channels());
    }

    private static Map<String, Object> points(PointCloud points, String format) {
        return Facts.map(
                "kind",
                "points",
                "format",
                format,
                "count",
                points.count(),
                "colours",
                points.hasColours());
    }

    private static Map<String, Object> scene(Scene scene, String format) {
        return Facts.map(
                "kind",
                "cameras",
                "format",
                format,
                "count",
                scene.views().size(),
                "points",
                scene.points().count());
    }

    private static Map<String, Object> table(Table table, String format) {
        return Facts.map(
                "kind", "table",
                "format", format,
                "rows", table.rows(),
                "columns", table.width(),
                "names", table.columns(),
                "textColumns", table.texts().stream().map(t -> table.label(t.column())).toList());
    }

    /** The report of its fit, where the model holds one, stands below the rest for people. */
    private static Reply model(FieldHandle field, String format) {
        Model model = field.model();
        Report report = Report.of(model.metadata());
        var facts =
                Facts.map(
                        "kind", "model",
                        "format", format,
                        "representation", model.representation(),
                        "version", model.version(),
                        "task", model.task(),
                        "parameters", field.parameters());
        model.metadata().forEach(facts::putIfAbsent);
        report.metadata().keySet().forEach(facts::remove);
        String text = Facts.of(facts).text();
        if (report.lines().isEmpty()) {
            return new Facts(facts, text);
        }
        facts.put("report", report);
        return new Facts(facts, text + "\n" + String.join("\n", report.lines()));
    }
}
