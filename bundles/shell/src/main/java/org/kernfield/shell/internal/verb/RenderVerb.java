package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Image;
import org.kernfield.field.Rendering;
import org.kernfield.field.Setting;
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
import org.kernfield.splat.Layer;
import org.kernfield.splat.Look;
import org.kernfield.splat.SplatViewing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    private static final Option LIKE =
            Option.text(
                    "like",
                    "SCENE",
                    Wants.FILE,
                    "Look with the cameras of another scene or model, to compare the two");
    private static final Option LENS =
            new Option(
                    Setting.choice(
                            "lens",
                            null,
                            RingLens.names(),
                            "How cameras around a scene see it, default pinhole"),
                    "L",
                    false,
                    Wants.NOTHING);
    private static final Option OUT =
            Option.text(
                    "out",
                    "PNG|NPY|DIR",
                    Wants.FILE,
                    "Picture to write; .npy for the numbers of depth, alpha or a property, in rows;"
                            + " a folder with --orbit");

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
        var options = new ArrayList<>(List.of(SIZE, VIEW, ORBIT, LIKE, LENS));
        options.addAll(LookOptions.ALL);
        options.add(OUT);
        return options;
    }

    @Override
    public List<Option> needed() {
        return List.of(OUT);
    }

    /**
     * What pictures are asked for.
     *
     * @param size null for their own
     * @param lens null for the usual one
     */
    private record Asked(PictureSize size, RingLens lens, Look look) {
        static Asked read(Arguments arguments) {
            return new Asked(
                    arguments.text(SIZE).map(PictureSize::parse).orElse(null),
                    RingLens.named(arguments.value(LENS, String.class)),
                    LookOptions.read(arguments));
        }
    }

    private Viewpoints viewpoints(Arguments arguments, FieldHandle field, Asked asked)
            throws IOException {
        Path like = arguments.path(LIKE).orElse(null);
        FieldHandle seen = like == null ? field : Models.orScene(engine, like, surroundings);
        if (!seen.can(Viewing.class)) {
            throw Failure.refused(
                    "--like " + arguments.text(LIKE).orElse(""),
                    "has no cameras",
                    "give a scene of splats");
        }
        return new Viewpoints(seen, asked.size(), asked.lens());
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        Path out = arguments.path(OUT).orElseThrow();
        Asked asked = Asked.read(arguments);
        Long orbit = arguments.value(ORBIT, Long.class);
        if (orbit != null) {
            int count = Math.toIntExact(Math.min(orbit, Integer.MAX_VALUE));
            return orbit(arguments, count, asked, out);
        }
        long start = System.nanoTime();
        Staging.check(out);
        String property = LookOptions.property(arguments).orElse(null);
        if (property != null) {
            return property(arguments, property, asked, out);
        }
        FieldHandle field = Models.orScene(engine, arguments.path(0), surroundings);
        requireLooks(arguments, field);
        String view = arguments.text(VIEW).orElse(null);
        Image picture;
        if (field.can(Viewing.class)) {
            picture = seen(field, viewpoints(arguments, field, asked).view(view), asked.look());
        } else {
            requireNone(arguments, List.of(VIEW, LIKE, LENS));
            picture = drawn(arguments, field, asked.size());
        }
        Shown shown = Shown.of(picture, asked.look().layer(), out.toString());
        engine.write(shown.content(), out);
        return facts(out, picture.width(), picture.height(), start, shown);
    }

    private Reply property(Arguments arguments, String name, Asked asked, Path out)
            throws IOException {
        long start = System.nanoTime();
        var scene =
                PropertyScene.of(SplatScenes.read(arguments.path(0), engine, surroundings), name);
        FieldHandle field = Models.scene(engine, scene.splats(), arguments.path(0));
        View view = viewpoints(arguments, field, asked).view(arguments.text(VIEW).orElse(null));
        boolean isAntialiased = asked.look().isAntialiased();
        Image colours = seen(field, view, new Look(Layer.COLOUR, new double[3], isAntialiased));
        Image opacities = seen(field, view, new Look(Layer.ALPHA, null, isAntialiased));
        Shown shown = Shown.ofProperty(scene.values(colours, opacities), out.toString());
        engine.write(shown.content(), out);
        return facts(out, colours.width(), colours.height(), start, shown);
    }

    private Reply orbit(Arguments arguments, int count, Asked asked, Path out) throws IOException {
        long start = System.nanoTime();
        LookOptions.property(arguments)
                .ifPresent(
                        name -> {
                            throw Failure.refused(
                                    "--channel " + name,
                                    "a property is drawn from one view at a time",
                                    "give --view in place of --orbit");
                        });
        requireNone(arguments, List.of(VIEW));
        FieldHandle field = Models.orScene(engine, arguments.path(0), surroundings);
        if (!field.can(Viewing.class)) {
            requireNone(arguments, List.of(ORBIT));
        }
        requireLooks(arguments, field);
        List<View> views = viewpoints(arguments, field, asked).orbit(count);
        var camera = views.getFirst().camera();
        new PictureSize(camera.width(), camera.height()).checkInBands();
        Look look = asked.look();
        String ending = Shown.ending(look.layer());
        Shown shown = null;
        try (var folder = new PictureFolder(out, engine)) {
            for (View view : views) {
                shown = Shown.of(seen(field, view, look), look.layer(), ending);
                folder.add(shown.content(), ending);
            }
            folder.publish();
        }
        return facts(out, camera.width(), camera.height(), start, shown);
    }

    /** Refuses ways to look at a field that shows nothing but its colours. */
    private static void requireLooks(Arguments arguments, FieldHandle field) {
        boolean isAsked = LookOptions.ALL.stream().anyMatch(arguments::has);
        if (isAsked && !field.can(SplatViewing.class)) {
            requireNone(arguments, LookOptions.ALL);
        }
    }

    private static void requireNone(Arguments arguments, List<Option> options) {
        for (Option option : options) {
            if (arguments.has(option)) {
                String value = option.isFlag() ? "" : " " + arguments.text(option).orElse("");
                throw Failure.refused(
                        "--" + option.name() + value,
                        "does not go with this",
                        "leave it out, or give a scene of splats");
            }
        }
    }

    private static Image seen(FieldHandle field, View view, Look look) {
        var camera = view.camera();
        new PictureSize(camera.width(), camera.height()).checkInBands();
        return look.isUsual()
                ? field.use(Viewing.class, (viewing, compute) -> viewing.view(view, compute))
                : field.use(
                        SplatViewing.class,
                        (viewing, compute) -> viewing.view(view, look, compute));
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

    private static Reply facts(Path out, int width, int height, long start, Shown shown) {
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> fields =
                Facts.map(
                        "out", out.toString(),
                        "width", width,
                        "height", height,
                        "seconds", seconds);
        fields.putAll(shown.facts());
        return new Facts(
                fields,
                "%d × %d pixels in %.2f s%s: %s"
                        .formatted(width, height, seconds, shown.remark(), out));
    }
}
