package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Image;
import org.kernfield.field.Rendering;
import org.kernfield.field.Viewing;
import org.kernfield.scene.View;
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
import java.nio.file.Path;
import java.util.List;

/** Draws a fitted field or a scene of splats as pictures of any size. */
public final class RenderVerb implements Needs {
    private static final Option SIZE =
            Option.text(
                    "size", "WxH", Wants.NOTHING, "Pixels, for example 1920x1080; default its own");
    private static final Option VIEW =
            Option.text(
                    "view",
                    "K|NAME",
                    Wants.NOTHING,
                    "Camera of a scene, by number from 0 or by its picture's name; default 0");
    private static final Option ORBIT =
            Option.integer("orbit", "N", 1, "Draw N pictures from around a scene");
    private static final Option OUT =
            Option.text("out", "PNG|DIR", Wants.FILE, "Picture to write; a folder with --orbit");

    private final Engine engine;
    private final Surroundings surroundings;

    public RenderVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "render";
    }

    @Override
    public String summary() {
        return "Draw a fitted model or a scene as a picture";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(SIZE, VIEW, ORBIT, OUT);
    }

    @Override
    public List<Option> needed() {
        return List.of(OUT);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        Path out = arguments.path(OUT).orElseThrow();
        PictureSize size = arguments.text(SIZE).map(PictureSize::parse).orElse(null);
        Long orbit = arguments.value(ORBIT, Long.class);
        if (orbit != null) {
            return orbit(arguments, Math.toIntExact(Math.min(orbit, Integer.MAX_VALUE)), size, out);
        }
        long start = System.nanoTime();
        Staging.check(out);
        FieldHandle field = Models.orScene(engine, arguments.path(0), surroundings);
        String view = arguments.text(VIEW).orElse(null);
        Image picture;
        if (field.can(Viewing.class)) {
            picture = seen(field, new Viewpoints(field, size).view(view));
        } else {
            requireNone(arguments, VIEW);
            picture = drawn(arguments, field, size);
        }
        engine.write(picture, out);
        return facts(out, picture.width(), picture.height(), start);
    }

    private Reply orbit(Arguments arguments, int count, PictureSize size, Path out)
            throws IOException {
        long start = System.nanoTime();
        requireNone(arguments, VIEW);
        FieldHandle field = Models.orScene(engine, arguments.path(0), surroundings);
        if (!field.can(Viewing.class)) {
            requireNone(arguments, ORBIT);
        }
        List<View> views = new Viewpoints(field, size).orbit(count);
        var camera = views.getFirst().camera();
        new PictureSize(camera.width(), camera.height()).checkInBands();
        try (var folder = new PictureFolder(out, engine)) {
            for (View view : views) {
                folder.add(seen(field, view));
            }
            folder.publish();
        }
        return facts(out, camera.width(), camera.height(), start);
    }

    private static void requireNone(Arguments arguments, Option option) {
        if (arguments.has(option)) {
            throw Failure.refused(
                    "--" + option.name() + " " + arguments.text(option).orElse(""),
                    "does not go with this",
                    "leave it out, or give a scene of splats");
        }
    }

    private static Image seen(FieldHandle field, View view) {
        var camera = view.camera();
        new PictureSize(camera.width(), camera.height()).checkInBands();
        return field.use(Viewing.class, (viewing, compute) -> viewing.view(view, compute));
    }

    private static Image drawn(Arguments arguments, FieldHandle field, PictureSize size) {
        if (!field.can(Rendering.class)) {
            throw Failure.refused(
                    arguments.operand(0),
                    "a " + field.model().task() + " model does not draw itself",
                    "use eval for its values");
        }
        if (size == null) {
            return field.render();
        }
        size.checkWhole(field.outputs());
        return field.render(size.width(), size.height());
    }

    private static Reply facts(Path out, int width, int height, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "out", out.toString(),
                        "width", width,
                        "height", height,
                        "seconds", seconds),
                "%d × %d pixels in %.2f s: %s".formatted(width, height, seconds, out));
    }
}
