package org.kernfield.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap is in use at one time, garbage left out: a second thread has everything
 * collected over and over while the work goes on, and what each collection leaves is looked at.
 */
final class LiveHeap {
    private static final long PAUSE_MILLIS = 2;
    private static final List<MemoryPoolMXBean> POOLS =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .filter(pool -> pool.getCollectionUsage() != null)
                    .toList();

    private LiveHeap() {}

    /** What may be looked at. */
    @FunctionalInterface
    interface Work {
        /** Its result, or null; counted with what is in use. */
        Object run() throws IOException;
    }

    /** Bytes at the highest of all collections, less what was in use before. */
    static long peak(Work work) throws IOException, InterruptedException {
        long before = collected();
        var highest = new AtomicLong();
        var isRunning = new AtomicBoolean(true);
        Thread looking =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (isRunning.get()) {
                                        highest.accumulateAndGet(collected(), Math::max);
                                        pause();
                                    }
                                });
        Object result;
        try {
            result = work.run();
        } finally {
            isRunning.set(false);
            looking.join();
        }
        highest.accumulateAndGet(collected(), Math::max);
        Reference.reachabilityFence(result);
        return highest.get() - before;
    }

    private static long collected() {
        System.gc();
        return POOLS.stream().mapToLong(pool -> pool.getCollectionUsage().getUsed()).sum();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
