package org.kernfield.benchmarks;

import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.Limits;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Seconds that one scene takes to be written and read in each format, in turns in one process, all
 * on one thread; and how much of the heap is in use meanwhile at most, garbage left out, by the
 * size of the scene: what is written counts for nothing, what was read for 1. Where {@code
 * splat-transform} is on the PATH its whole process converts the same file beside it.
 */
public final class SplatFiles {
    private static final List<String> ENDINGS =
            List.of("ply", "compressed.ply", "splat", "spz", "v3.spz", "sog", "glb");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double MILLI = 1e-6;

    private final Codecs codecs;
    private final Splats scene;
    private final Path folder;

    private SplatFiles(Codecs codecs, Splats scene, Path folder) {
        this.codecs = codecs;
        this.scene = scene;
        this.folder = folder;
    }

    /**
     * @param arguments a file of splats; rounds, the first half of which are not counted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        var codecs =
                new Codecs(
                        ServiceLoader.load(Codec.class).stream()
                                .<Codec<?>>map(ServiceLoader.Provider::get)
                                .toList());
        Splats scene = codecs.read(file, Splats.class, Limits.ofHeap());
        Path folder = Files.createTempDirectory("splat-files");
        try {
            new SplatFiles(codecs, scene, folder).run(file, rounds);
        } finally {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path one : left.toList()) {
                    Files.delete(one);
                }
            }
            Files.delete(folder);
        }
    }

    /** Wall clock and processor time in milliseconds, and bytes of heap in use at most. */
    private record Cost(double wall, double processor, double bytes) {}

    private void run(Path file, int rounds) throws IOException, InterruptedException {
        System.out.printf(
                "%,d splats of degree %d, %.1f MB in memory%n",
                scene.count(), scene.degree(), Splats.bytes(scene.count(), scene.degree()) / 1e6);
        System.out.println(
                "| format | MB | write, ms | processor | live heap, scenes | read, ms | processor |"
                        + " live heap, scenes | splat-transform, s |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (String ending : ENDINGS) {
            Path out = folder.resolve("scene." + ending);
            Cost write = cost(() -> written(out), rounds);
            Cost read = cost(() -> codecs.read(out, Splats.class, Limits.ofHeap()), rounds);
            System.out.printf(
                    "| .%s | %.2f | %s | %s | %s |%n",
                    ending, Files.size(out) / 1e6, shown(write), shown(read), peer(file, ending));
        }
        System.out.printf(
                "load %.1f%n", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private String shown(Cost cost) {
        double scenes = cost.bytes / Splats.bytes(scene.count(), scene.degree());
        return "%.0f | %.0f | %.1f".formatted(cost.wall, cost.processor, scenes);
    }

    private Object written(Path out) throws IOException {
        codecs.write(scene, Splats.class, out);
        return null;
    }

    /** Medians of the second half of the rounds; memory is looked at in a round of its own. */
    private static Cost cost(LiveHeap.Work work, int rounds)
            throws IOException, InterruptedException {
        var wall = new double[rounds];
        var processor = new double[rounds];
        for (int k = 0; k < rounds; k++) {
            long begin = System.nanoTime();
            long used = THREADS.getCurrentThreadCpuTime();
            work.run();
            processor[k] = (THREADS.getCurrentThreadCpuTime() - used) * MILLI;
            wall[k] = (System.nanoTime() - begin) * MILLI;
        }
        return new Cost(median(wall), median(processor), LiveHeap.peak(work));
    }

    private static double median(double[] values) {
        double[] later = Arrays.copyOfRange(values, values.length / 2, values.length);
        Arrays.sort(later);
        return later[later.length / 2];
    }

    private String peer(Path file, String ending) throws IOException, InterruptedException {
        Optional<Path> program =
                Stream.of(System.getenv("PATH").split(":"))
                        .map(part -> Path.of(part, "splat-transform"))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (program.isEmpty()) {
            return "not installed";
        }
        Path out = folder.resolve("peer." + ending);
        long begin = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                program.get().toString(),
                                "--overwrite",
                                file.toString(),
                                out.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int status = process.waitFor();
        double seconds = (System.nanoTime() - begin) * 1e-9;
        return status == 0 && Files.exists(out)
                ? "%.1f".formatted(seconds)
                : "refuses (" + status + ")";
    }
}
