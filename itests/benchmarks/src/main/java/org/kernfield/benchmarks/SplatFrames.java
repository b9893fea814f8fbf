package org.kernfield.benchmarks;

import org.kernfield.engine.FieldHandle;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.Compute;
import org.kernfield.field.Viewing;
import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.Limits;
import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.SplatModel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/**
 * Frames a second of a scene whose camera goes round it, as a user of the engine draws them: each
 * frame is projected, sorted, listed for tiles, composited and read back as numbers. The splats
 * themselves are uploaded once a turn.
 */
public final class SplatFrames {
    private static final int FRAMES = 60;

    private SplatFrames() {}

    /**
     * @param arguments a file of splats; width and height in pixels; seconds that are not counted,
     *     and seconds that are
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        int width = Integer.parseInt(arguments[1]);
        int height = Integer.parseInt(arguments[2]);
        var codecs =
                new Codecs(
                        ServiceLoader.load(Codec.class).stream()
                                .<Codec<?>>map(ServiceLoader.Provider::get)
                                .toList());
        Splats splats = codecs.read(file, Splats.class, Limits.ofHeap());
        Ring ring = Ring.around(splats);
        List<View> turn =
                IntStream.range(0, FRAMES)
                        .mapToObj(k -> ring.view(k, FRAMES, width, height))
                        .toList();
        try (var kernfield = Kernfield.open(Files.createTempDirectory("splat-frames"))) {
            FieldHandle field = kernfield.engine().open(SplatModel.of(splats).model());
            turns(field, turn, Double.parseDouble(arguments[3]));
            double[] frames = turns(field, turn, Double.parseDouble(arguments[4]));
            report(file, splats, width, height, frames);
        }
    }

    /** Milliseconds of each frame of whole turns until so many seconds have passed, sorted. */
    private static double[] turns(FieldHandle field, List<View> turn, double seconds) {
        var frames = new ArrayList<Double>();
        long begin = System.nanoTime();
        do {
            frames.addAll(
                    field.use(Viewing.class, (viewing, compute) -> frames(viewing, turn, compute)));
        } while ((System.nanoTime() - begin) * 1e-9 < seconds);
        return frames.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static List<Double> frames(Viewing viewing, List<View> turn, Compute compute) {
        var each = new ArrayList<Double>();
        var last = new long[] {System.nanoTime()};
        viewing.view(
                turn,
                compute,
                image -> {
                    long now = System.nanoTime();
                    each.add((now - last[0]) * 1e-6);
                    last[0] = now;
                });
        return each;
    }

    private static void report(Path file, Splats splats, int width, int height, double[] frames) {
        System.out.println(
                "| scene | splats | pixels | frames | median, ms | nine of ten below | frames/s, by"
                        + " the median | by the mean | load |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        double median = frames[frames.length / 2];
        System.out.printf(
                "| %s | %,d | %d × %d | %d | %.1f | %.1f | %.2f | %.2f | %.1f |%n",
                file.getFileName(),
                splats.count(),
                width,
                height,
                frames.length,
                median,
                frames[frames.length * 9 / 10],
                1e3 / median,
                1e3 / Arrays.stream(frames).average().orElseThrow(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
