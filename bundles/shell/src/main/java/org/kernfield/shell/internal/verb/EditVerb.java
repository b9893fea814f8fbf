package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Failure;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Wants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Changes a splat scene by edits, applied in the order in which they are given. */
public final class EditVerb implements Verb {
    private final Engine engine;
    private final Surroundings surroundings;

    public EditVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "edit";
    }

    @Override
    public String summary() {
        return "Crop, filter, move, merge or thin out splats, in the order given";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("IN", Wants.FILE), Operand.required("OUT", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return SplatEdits.OPTIONS;
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        long start = System.nanoTime();
        Path in = arguments.path(0);
        Path out = arguments.path(1);
        Staging.check(out);
        if (arguments.repeated().isEmpty()) {
            throw Failure.usage(
                    "edit", "no edit is given", "name one, such as --filter 'opacity > 0.1'");
        }
        Splats splats = SplatScenes.read(in, engine, surroundings);
        int before = splats.count();
        var steps = new ArrayList<Map<String, Object>>();
        Splats edited = edited(arguments, splats, steps, console);
        if (edited.count() == 0) {
            throw Failure.refused(in.toString(), "no splat is left after these edits", "keep some");
        }
        engine.write(edited, out);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "ok",
                        true,
                        "out",
                        out.toString(),
                        "count",
                        edited.count(),
                        "countIn",
                        before,
                        "bytesOut",
                        Files.size(out),
                        "steps",
                        steps,
                        "seconds",
                        seconds),
                "%,d of %,d splats in %.2f s: %s".formatted(edited.count(), before, seconds, out));
    }

    private Splats edited(
            Arguments arguments, Splats splats, List<Map<String, Object>> steps, Console console)
            throws IOException {
        try {
            return HostWork.on(
                    engine,
                    (workers, cancel) -> {
                        var edits = new SplatEdits(f -> other(f, arguments), workers, cancel);
                        return applied(arguments, edits, splats, steps, console);
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Splats other(String file, Arguments arguments) {
        try {
            return SplatScenes.read(arguments.directory().resolve(file), engine, surroundings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Splats applied(
            Arguments arguments,
            SplatEdits edits,
            Splats splats,
            List<Map<String, Object>> steps,
            Console console) {
        Splats edited = splats;
        for (var step : arguments.repeated()) {
            String value = step.getValue();
            edited = edits.applied(step.getKey(), value, edited);
            steps.add(Facts.map("edit", step.getKey(), "value", value, "count", edited.count()));
            console.err()
                    .printf(
                            "%s: %,d splats%n",
                            SplatEdits.shown(step.getKey(), value), edited.count());
        }
        return edited;
    }
}
