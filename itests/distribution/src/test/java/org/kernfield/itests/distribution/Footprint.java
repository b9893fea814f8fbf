package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process takes when nothing is going on.
 *
 * @param heap bytes that survive collection
 * @param classes loaded
 * @param metaspace bytes of classes and of what the compilers note of methods in use
 * @param threads alive
 * @param files open descriptors; 0 where the system does not tell
 */
record Footprint(long heap, int classes, long metaspace, int threads, long files) {
    private static final int COLLECTIONS = 5;
    private static final long MB = 1_000_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Once the check of the machine's speed, which comes when nobody computes, is over. */
    static Footprint now() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (isChecking() && System.nanoTime() < deadline) {
            Thread.sleep(200);
        }
        for (int k = 0; k < COLLECTIONS; k++) {
            System.gc();
            // what cleaners and reference queues hold goes in their own threads
            Thread.sleep(200);
        }
        System.gc();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                metaspaceUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                descriptors());
    }

    private static boolean isChecking() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("kernfield-cpu-check"));
    }

    private static long metaspaceUsed() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static long descriptors() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (var files = Files.list(open)) {
            return files.count();
        }
    }

    /** Demands that it is no larger than {@code former}, but for what caches and counters need. */
    void isBackAt(Footprint former) {
        assertThat(threads).as("threads").isLessThanOrEqualTo(former.threads + 2);
        assertThat(files).as("open files").isLessThanOrEqualTo(former.files + 5);
        assertThat(classes).as("loaded classes").isLessThan(former.classes * 51 / 50 + 20);
        assertThat(metaspace).as("metaspace").isLessThan(former.metaspace * 21 / 20 + 2 * MB);
        assertThat(heap).as("heap").isLessThan(former.heap * 21 / 20 + 5 * MB);
    }
}
