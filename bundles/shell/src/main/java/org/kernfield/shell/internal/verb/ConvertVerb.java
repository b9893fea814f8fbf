package org.kernfield.shell.internal.verb;

import static java.util.stream.Collectors.joining;

import org.kernfield.engine.Engine;
import org.kernfield.field.Model;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a file and writes what it holds in the format that the other name asks for. */
public final class ConvertVerb implements Verb {
    /** A picture beside a description that names it, as SOG has them when it is not one file. */
    private static final Pattern PICTURE = Pattern.compile("\"([^\"/\\\\]+\\.webp)\"");

    private final Engine engine;
    private final Surroundings surroundings;

    public ConvertVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "convert";
    }

    @Override
    public String summary() {
        return "Write a file again in another format, by its new name";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("IN", Wants.FILE), Operand.required("OUT", Wants.FILE));
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        long start = System.nanoTime();
        Path in = arguments.path(0);
        Path out = arguments.path(1);
        var format = Formats.of(in, surroundings);
        Staging.check(out);
        Staging.checkOther(out, in);
        boolean isFitted = format.type() == Model.class && !out.toString().endsWith(Outputs.MODEL);
        Object value =
                isFitted
                        ? SplatScenes.read(in, engine, surroundings)
                        : engine.read(in, format.type());
        engine.write(value, out);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> leftOut = leftOut(value, out);
        Long count = count(value);
        long bytesIn = bytes(in, value);
        long bytesOut = bytes(out, value);
        return new Facts(
                Facts.map(
                        "out",
                        out.toString(),
                        "count",
                        count,
                        "bytesIn",
                        bytesIn,
                        "bytesOut",
                        bytesOut,
                        "leftOut",
                        leftOut,
                        "seconds",
                        seconds),
                "%s%,d bytes to %,d bytes in %.2f s: %s%s"
                        .formatted(
                                count == null ? "" : "%,d %s, ".formatted(count, noun(value)),
                                bytesIn,
                                bytesOut,
                                seconds,
                                out,
                                leftOut.stream().map(line -> "\n" + line).collect(joining())));
    }

    /** What the format could not hold; read back where there may be something to lose. */
    private List<String> leftOut(Object value, Path out) {
        boolean isWhole =
                !(value instanceof Splats splats)
                        || splats.count() == 0
                        || splats.degree() == 0 && splats.extra().isEmpty()
                        || holdsAll(out);
        if (isWhole) {
            return List.of();
        }
        try {
            return LeftOut.of((Splats) value, engine.read(out, Splats.class), out);
        } catch (IOException e) {
            return List.of("could not be read back to see what is left out: " + e.getMessage());
        }
    }

    /** Whether the format has a place for everything that splats have. */
    private static boolean holdsAll(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".ply") && !name.endsWith(".compressed.ply");
    }

    /** Bytes of a file, with those of the pictures that a description of splats refers to. */
    private static long bytes(Path file, Object value) throws IOException {
        long bytes = Files.size(file);
        if (!(value instanceof Splats)
                || !file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return bytes;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<Path> pictures =
                PICTURE.matcher(text)
                        .results()
                        .map(found -> file.resolveSibling(found.group(1)))
                        .distinct()
                        .filter(Files::isRegularFile)
                        .toList();
        for (Path picture : pictures) {
            bytes += Files.size(picture);
        }
        return bytes;
    }

    private static Long count(Object value) {
        return switch (value) {
            case Splats splats -> (long) splats.count();
            case PointCloud points -> (long) points.count();
            case Scene scene -> (long) scene.views().size();
            default -> null;
        };
    }

    private static String noun(Object value) {
        return switch (value) {
            case Splats splats -> "splats";
            case Scene scene -> "views";
            default -> "points";
        };
    }
}
