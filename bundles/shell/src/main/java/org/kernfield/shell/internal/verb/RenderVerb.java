package org.kernfield.shell.internal.verb;

import org.kernfield.engine.Engine;
import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Image;
import org.kernfield.field.Rendering;
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

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Draws a fitted field as a picture of any size. */
public final class RenderVerb implements Needs {
    private static final Option SIZE =
            Option.text(
                    "size", "WxH", Wants.NOTHING, "Pixels, for example 1920x1080; default its own");
    private static final Option OUT = Option.text("out", "PNG", Wants.FILE, "Picture to write");
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,9})\\s*[xX×]\\s*(\\d{1,9})");

    /** Bytes a value takes while it is drawn, rounded and encoded. */
    private static final long BYTES = 12;

    private final Engine engine;

    public RenderVerb(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "render";
    }

    @Override
    public String summary() {
        return "Draw a fitted model as a picture";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("MODEL", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(SIZE, OUT);
    }

    @Override
    public List<Option> needed() {
        return List.of(OUT);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws Exception {
        long start = System.nanoTime();
        Path out = arguments.path(OUT).orElseThrow();
        String size = arguments.text(SIZE).orElse(null);
        int[] asked = size == null ? null : size(size);
        Staging.check(out);
        FieldHandle field = Models.open(engine, arguments.path(0));
        if (!field.can(Rendering.class)) {
            throw Failure.refused(
                    arguments.operand(0),
                    "a " + field.model().task() + " model does not draw itself",
                    "use eval for its values");
        }
        Image picture = asked == null ? field.render() : drawn(field, asked, size);
        engine.write(picture.eightBit(), out);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Facts(
                Facts.map(
                        "out", out.toString(),
                        "width", picture.width(),
                        "height", picture.height(),
                        "seconds", seconds),
                "%d × %d pixels in %.2f s: %s"
                        .formatted(picture.width(), picture.height(), seconds, out));
    }

    private static Image drawn(FieldHandle field, int[] size, String given) {
        long values = (long) size[0] * size[1] * field.outputs();
        long allowed = Limits.ofHeap().bytes();
        if (values > Integer.MAX_VALUE - 8 || values * BYTES > allowed) {
            throw Failure.refused(
                    "--size " + given,
                    "needs about %,d MB of memory, at most %,d MB are allowed"
                            .formatted(values * BYTES / 1_000_000, allowed / 1_000_000),
                    "ask for fewer pixels or raise -Xmx in KERNFIELD_JVM_OPTIONS");
        }
        return field.render(size[0], size[1]);
    }

    private static int[] size(String text) {
        var match = PIXELS.matcher(text.strip());
        if (match.matches()) {
            int width = Integer.parseInt(match.group(1));
            int height = Integer.parseInt(match.group(2));
            if (width > 0 && height > 0) {
                return new int[] {width, height};
            }
        }
        throw Failure.refused(
                "--size " + text, "not a size of a picture", "write WIDTHxHEIGHT, such as 640x480");
    }
}
