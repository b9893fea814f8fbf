package org.kernfield.benchmarks;

import org.kernfield.backend.Workers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Workers as the engine grants them: the caller takes part, helpers take the next part each. */
final class Threads implements Workers, AutoCloseable {
    private final int count;
    private final ExecutorService helpers;

    Threads(int count) {
        this.count = count;
        helpers = Executors.newFixedThreadPool(Math.max(1, count - 1));
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void forEach(int parts, IntConsumer part) {
        var next = new AtomicInteger();
        Runnable work =
                () -> {
                    for (int k = next.getAndIncrement(); k < parts; k = next.getAndIncrement()) {
                        part.accept(k);
                    }
                };
        var helping =
                IntStream.range(1, Math.min(count, parts))
                        .<Future<?>>mapToObj(k -> helpers.submit(work))
                        .toList();
        work.run();
        for (Future<?> helper : helping) {
            try {
                helper.get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        helpers.shutdown();
    }
}
