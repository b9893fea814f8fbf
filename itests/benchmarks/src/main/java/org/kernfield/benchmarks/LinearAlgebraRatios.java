package org.kernfield.benchmarks;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;

/**
 * Products and Cholesky factors beside OpenBLAS in one process, in turns, by ratio. On one thread
 * the thread's processor time counts, on more the wall clock.
 */
public final class LinearAlgebraRatios {
    private final OpenBlas openBlas = new OpenBlas();
    private final int threads;
    private final LinearAlgebra cpu;
    private final LongSupplier clock;

    private LinearAlgebraRatios(int threads, Threads workers) throws Throwable {
        this.threads = threads;
        openBlas.threads(threads);
        cpu =
                ServiceLoader.load(LinearAlgebra.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(l -> l.name().equals("cpu"))
                        .findFirst()
                        .orElseThrow()
                        .with(new Resources(workers, Budget.unlimited(), CancelToken.NONE));
        var bean = ManagementFactory.getThreadMXBean();
        clock = threads == 1 ? bean::getCurrentThreadCpuTime : System::nanoTime;
    }

    /**
     * @param sizes orders of the matrices; 1000, 2000 and 4000 if there are none
     */
    public static void main(String[] sizes) throws Throwable {
        int[] orders =
                sizes.length == 0
                        ? new int[] {1000, 2000, 4000}
                        : Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray();
        System.out.println(new OpenBlas().version());
        System.out.println("| call | n | threads | GFLOP/s | OpenBLAS | ratio | least | load |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
            try (var workers = new Threads(threads)) {
                var ratios = new LinearAlgebraRatios(threads, workers);
                for (int n : orders) {
                    for (ElementType type : new ElementType[] {ElementType.F64, ElementType.F32}) {
                        ratios.products(n, type);
                        ratios.factors(n, type);
                    }
                }
            }
        }
    }

    private interface Work {
        void run() throws Throwable;
    }

    private void products(int n, ElementType type) throws Throwable {
        boolean wide = type == ElementType.F64;
        Array a = random(type, n, 1);
        Array b = random(type, n, 2);
        Array ours = Array.zeros(type, n, n);
        Array theirs = Array.zeros(type, n, n);
        compare(
                (wide ? "dgemm" : "sgemm"),
                n,
                2.0 * n * n * n,
                () -> {},
                () -> cpu.gemm(1, a, false, b, false, 0, ours),
                () -> openBlas.gemm(n, a.data(), b.data(), theirs.data(), wide));
        agree(ours, theirs, false);
    }

    private void factors(int n, ElementType type) throws Throwable {
        boolean wide = type == ElementType.F64;
        Array a = random(type, n, 3);
        Array gram = Array.zeros(type, n, n);
        cpu.syrk(1, a, false, 0, gram);
        for (long i = 0; i < n; i++) {
            gram.set(i * n + i, gram.get(i * n + i) + 0.1 * n);
        }
        Array ours = Array.zeros(type, n, n);
        Array theirs = Array.zeros(type, n, n);
        compare(
                (wide ? "dpotrf" : "spotrf"),
                n,
                n / 3.0 * n * n,
                () -> {
                    ours.data().copyFrom(gram.data());
                    theirs.data().copyFrom(gram.data());
                },
                () -> cpu.potrf(ours),
                () -> openBlas.potrf(n, theirs.data(), wide));
        agree(ours, theirs, true);
    }

    private static Array random(ElementType type, int n, long seed) {
        var random = new Random(seed);
        Array a = Array.zeros(type, n, n);
        for (long k = 0; k < a.elements(); k++) {
            a.set(k, random.nextDouble() - 0.5);
        }
        return a;
    }

    /** In turns; the first turns, which warm up, do not count. */
    private void compare(String call, int n, double flops, Work before, Work ours, Work theirs)
            throws Throwable {
        int warmUp = n <= 1000 ? 8 : 3;
        int turns = n <= 1000 ? 15 : n <= 2000 ? 9 : 5;
        var ratios = new double[turns];
        double best = Double.POSITIVE_INFINITY;
        double bestOfThem = Double.POSITIVE_INFINITY;
        for (int turn = -warmUp; turn < turns; turn++) {
            before.run();
            double own = time(ours);
            double other = time(theirs);
            if (turn >= 0) {
                ratios[turn] = other / own;
                best = Math.min(best, own);
                bestOfThem = Math.min(bestOfThem, other);
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "| %s | %d | %d | %.1f | %.1f | %.2f | %.2f | %.1f |%n",
                call,
                n,
                threads,
                flops / best,
                flops / bestOfThem,
                ratios[turns / 2],
                ratios[0],
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private double time(Work work) throws Throwable {
        long begun = clock.getAsLong();
        work.run();
        return clock.getAsLong() - begun;
    }

    /** What is compared for speed must agree. */
    private static void agree(Array ours, Array theirs, boolean factor) {
        int n = ours.width();
        double unit = ours.type() == ElementType.F64 ? Math.ulp(1.0) : Math.ulp(1f);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < (factor ? i + 1 : n); j++) {
                double other = theirs.get(factor ? (long) j * n + i : (long) i * n + j);
                double difference = Math.abs(ours.get((long) i * n + j) - other);
                if (!(difference < 100 * n * unit)) {
                    throw new IllegalStateException(
                            "(%d, %d) differs by %g".formatted(i, j, difference));
                }
            }
        }
    }
}
