package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.format.AtomicFile;
import org.kernfield.shell.internal.Arguments;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Needs;
import org.kernfield.shell.internal.Operand;
import org.kernfield.shell.internal.Option;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Surroundings;
import org.kernfield.shell.internal.Wants;
import org.kernfield.splat.page.ScenePage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes splats as one page for a browser, which needs no network. */
public final class ViewVerb implements Needs {
    private static final Option OUT = Option.text("out", "HTML", Wants.FILE, "Page to write");
    private static final Option BACKGROUND =
            Option.number("background", "GREY", 0, 1, "", "Grey level behind the scene; default 0");

    private static final Option ANTIALIAS =
            Option.flag(
                    "antialias",
                    "Keep splats from growing where they are small, as a model trained so asks by"
                            + " itself");

    private final Engine engine;
    private final Surroundings surroundings;

    public ViewVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "view";
    }

    @Override
    public String summary() {
        return "Write a page that shows splats in any browser, to orbit and fly";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("FILE", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(OUT, BACKGROUND, ANTIALIAS);
    }

    @Override
    public List<Option> needed() {
        return List.of(OUT);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        long start = System.nanoTime();
        Path file = arguments.path(0);
        Path out = arguments.path(OUT).orElseThrow();
        Staging.check(out);
        Staging.checkOther(out, file);
        Double background = arguments.value(BACKGROUND, Double.class);
        var scene = SplatScenes.open(file, engine, surroundings);
        var page =
                new ScenePage(
                        scene.splats(),
                        file.getFileName().toString(),
                        background == null ? 0 : background,
                        scene.isAntialiased() || arguments.has(ANTIALIAS));
        AtomicFile.write(out, page::writeTo);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "ok", true,
                        "out", out.toString(),
                        "count", page.splats().count(),
                        "bytes", Files.size(out),
                        "seconds", seconds),
                "%,d splats, %,d bytes in %.2f s: %s"
                        .formatted(page.splats().count(), Files.size(out), seconds, out));
    }
}
