package org.kernfield.benchmarks;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.numerics.RadixSort;
import org.kernfield.numerics.fourier.RealFft;
import org.kernfield.numerics.neighbours.KdTree;
import org.kernfield.numerics.neighbours.NeighbourSearch;
import org.kernfield.numerics.neighbours.UniformGrid;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Scanner;

/**
 * Answers one line for each line it reads, so that {@code arrays.py} can alternate with another
 * program: the seconds that the work took, the processor's seconds of this process, and a sum by
 * which results are compared. Arrays are files of little-endian float32.
 */
final class ArrayWork {
    private static final CancelToken NONE = CancelToken.NONE;

    private final Threads threads;
    private float[] points = {};
    private float[] queries = {};
    private NeighbourSearch search;
    private RealFft fft;
    private double sum;

    private ArrayWork(Threads threads) {
        this.threads = threads;
    }

    public static void main(String[] arguments) throws IOException {
        try (var threads = new Threads(Integer.parseInt(arguments[0]));
                var lines = new Scanner(System.in)) {
            var work = new ArrayWork(threads);
            while (lines.hasNextLine()) {
                String[] words = lines.nextLine().split(" ");
                long wall = System.nanoTime();
                long processor = processor();
                work.run(words);
                System.out.printf(
                        "%.9f %.9f %.17g%n",
                        (System.nanoTime() - wall) * 1e-9,
                        (processor() - processor) * 1e-9,
                        work.sum);
            }
        }
    }

    private static long processor() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }

    private void run(String[] words) throws IOException {
        switch (words[0]) {
            case "points" -> points = floats(words[1]);
            case "queries" -> queries = floats(words[1]);
            case "tree" -> search = KdTree.of(points, Integer.parseInt(words[1]), threads, NONE);
            case "grid" ->
                    search = UniformGrid.of(points, Integer.parseInt(words[1]), threads, NONE);
            case "nearest" ->
                    add(search.nearest(queries, Integer.parseInt(words[1]), threads, NONE));
            case "others" -> add(search.nearestOthers(Integer.parseInt(words[1]), threads, NONE));
            case "within" ->
                    add(search.within(queries, Double.parseDouble(words[1]), threads, NONE));
            case "sort" -> sum = RadixSort.order(points, threads, NONE)[points.length / 2];
            case "sort64" -> {
                var keys = new double[points.length];
                Arrays.setAll(keys, k -> points[k]);
                sum = RadixSort.order(keys, threads, NONE)[points.length / 2];
            }
            case "plan" -> fft = RealFft.of(points.length);
            case "fft" -> {
                var spectrum = new float[2 * fft.bins()];
                for (int k = 0; k < Integer.parseInt(words[1]); k++) {
                    fft.forward(points, spectrum, threads, NONE);
                }
                sum = spectrum[2];
            }
            default -> throw new IllegalArgumentException(words[0] + ": no such work");
        }
    }

    private void add(NeighbourLists lists) {
        long all = 0;
        for (int index : lists.indices()) {
            all += index;
        }
        sum = all;
    }

    private static float[] floats(String file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(file)));
        var floats = new float[bytes.remaining() / Float.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
