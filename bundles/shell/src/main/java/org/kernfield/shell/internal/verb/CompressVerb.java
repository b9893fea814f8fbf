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
import org.kernfield.splat.compress.Compression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes splats so small as is asked, and tells what that does to pictures of them. */
public final class CompressVerb implements Verb {
    private static final Option METHOD =
            Option.text(
                    "method",
                    "NAME",
                    Wants.NOTHING,
                    "auto (default), grid (sorted on a grid, coarser numbers), quantise (a code"
                            + " book of colours), distil (lower degrees of colour), prune or merge"
                            + " (fewer splats)");
    private static final Option RATIO =
            Option.number(
                    "target-ratio",
                    "R",
                    1,
                    1000,
                    "",
                    "How many times as small as a 3DGS PLY of the scene; default 8");
    private static final double USUAL_RATIO = 8;

    private final Engine engine;
    private final Surroundings surroundings;

    public CompressVerb(Engine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "compress";
    }

    @Override
    public String summary() {
        return "Write splats in a file so small as is asked, such as scene.sog";
    }

    @Override
    public List<Operand> operands() {
        return List.of(Operand.required("IN", Wants.FILE), Operand.required("OUT", Wants.FILE));
    }

    @Override
    public List<Option> options() {
        return List.of(METHOD, RATIO);
    }

    @Override
    public Reply run(Arguments arguments, Console console) throws IOException {
        long start = System.nanoTime();
        Path in = arguments.path(0);
        Path out = arguments.path(1);
        Staging.check(out);
        Staging.checkOther(out, in);
        var method = method(arguments.text(METHOD).orElse("auto"));
        Double asked = arguments.value(RATIO, Double.class);
        double ratio = asked == null ? USUAL_RATIO : asked;
        Splats splats = SplatScenes.read(in, engine, surroundings);
        var likeness = new Likeness(engine, splats);
        Made made = compress(splats, likeness, out, method, ratio);
        Splats packed = engine.read(out, Splats.class);
        double seconds = (System.nanoTime() - start) / 1e9;
        return reply(splats, packed, out, made, seconds, likeness.psnr(packed));
    }

    private static Compression.Method method(String name) {
        return Arrays.stream(Compression.Method.values())
                .filter(m -> m.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                Failure.usage(
                                        "--method " + name,
                                        "unknown method",
                                        "use one of "
                                                + Arrays.stream(Compression.Method.values())
                                                        .map(m -> m.name().toLowerCase(Locale.ROOT))
                                                        .collect(Collectors.joining(", "))));
    }

    /**
     * What was written.
     *
     * @param steps that were needed, for people
     * @param bytes of all files together
     */
    private record Made(List<String> steps, long bytes) {}

    /** Writes beside the place first, which tells the size. */
    private Made compress(
            Splats splats, Likeness likeness, Path out, Compression.Method method, double ratio)
            throws IOException {
        long bytes = (long) (Compression.plyBytes(splats) / ratio);
        try (var staging = Staging.beside(out)) {
            Path trial = staging.file(out.getFileName().toString());
            List<String> steps =
                    HostWork.on(
                            engine,
                            (workers, cancel) -> {
                                var compression =
                                        new Compression(
                                                s -> size(s, trial, staging),
                                                likeness::psnrOfSome,
                                                workers,
                                                cancel);
                                try {
                                    // the last size asked for is that of the result
                                    compression.to(bytes, method, splats, List.of());
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                                return compression.steps();
                            });
            long made = bytes(trial.getParent());
            staging.publishAll(out.toAbsolutePath().getParent());
            return new Made(steps, made);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IllegalArgumentException e) {
            throw Failure.refused("--target-ratio " + ratio, e.getMessage(), "see help compress");
        }
    }

    /** A format of several files may have fewer than in the trial before. */
    private long size(Splats splats, Path trial, Staging staging) throws IOException {
        staging.clear();
        engine.write(splats, trial);
        return bytes(trial.getParent());
    }

    private static long bytes(Path directory) throws IOException {
        long bytes = 0;
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private Reply reply(
            Splats splats, Splats packed, Path out, Made made, double seconds, Double psnr) {
        double ratio = (double) Compression.plyBytes(splats) / made.bytes();
        Double loss = psnr == null ? null : Likeness.loss(psnr);
        String quality =
                psnr == null
                        ? "no representation draws splats, so pictures were not compared"
                        : "%.2f dB like the original on %d views (a scene of %.0f dB loses %.2f dB)"
                                .formatted(psnr, Likeness.VIEWS, Likeness.USUAL_PSNR, loss);
        return new Facts(
                Facts.map(
                        "ok", true,
                        "out", out.toString(),
                        "count", packed.count(),
                        "countIn", splats.count(),
                        "shDegree", packed.degree(),
                        "bytes", made.bytes(),
                        "ratio", ratio,
                        "psnr", psnr,
                        "psnrLoss", loss,
                        "steps", made.steps(),
                        "seconds", seconds),
                "%,d bytes, %.1f times as small as PLY, in %.1f s: %s%n%s%n%s"
                        .formatted(
                                made.bytes(),
                                ratio,
                                seconds,
                                made.steps().isEmpty()
                                        ? "nothing but the format"
                                        : String.join(", ", made.steps()),
                                quality,
                                out));
    }
}
