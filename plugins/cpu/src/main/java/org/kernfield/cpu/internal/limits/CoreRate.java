package org.kernfield.cpu.internal.limits;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.DoubleUnaryOperator;

/**
 * What one thread reached in its own processor time while all the others did the same.
 *
 * @param vectors of float32 multiply-adds a second
 * @param links of a chain of scalar products and sums a second
 */
record CoreRate(double vectors, double links) {
    private static final int TURNS = 500;
    private static final int TIMES = 100;

    /** Without a better round a rate counts as settled; compilers are busy meanwhile. */
    private static final long SETTLED_NANOS = 150_000_000;

    private static final long MOST_NANOS = 1_000_000_000;
    private static final double MORE = 1.03;

    private static volatile double sink;

    /** One for each core that the process may use. */
    static List<CoreRate> ofAll() throws InterruptedException {
        var tasks = new ArrayList<FutureTask<CoreRate>>();
        for (int k = 0; k < Runtime.getRuntime().availableProcessors(); k++) {
            var task = new FutureTask<>(CoreRate::ofThisThread);
            tasks.add(task);
            Thread.ofPlatform().daemon().name("kernfield-cpu-check-" + k).start(task);
        }
        var rates = new ArrayList<CoreRate>();
        for (var task : tasks) {
            try {
                rates.add(task.get());
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return rates;
    }

    private static CoreRate ofThisThread() {
        return new CoreRate(
                best(seed -> Loops.multiplyAdds(TURNS, (float) seed)) * Loops.MULTIPLY_ADDS,
                best(seed -> Loops.chain(TURNS, (float) seed)));
    }

    /** Turns a second of the best round, in processor time. */
    private static double best(DoubleUnaryOperator loop) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        double best = 0;
        long spent = 0;
        long settled = 0;
        while (spent < MOST_NANOS && settled < SETTLED_NANOS) {
            long start = clock.getCurrentThreadCpuTime();
            for (int k = 0; k < TIMES; k++) {
                sink = loop.applyAsDouble(k);
            }
            long nanos = Math.max(1, clock.getCurrentThreadCpuTime() - start);
            double rate = (double) TIMES * TURNS * 1e9 / nanos;
            spent += nanos;
            settled = rate > MORE * best ? 0 : settled + nanos;
            best = Math.max(best, rate);
        }
        return best;
    }
}
