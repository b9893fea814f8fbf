package org.kernfield.testkit;

import org.kernfield.backend.Workers;

import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Workers on threads of their own, for tests; close them. */
public final class Threads implements Workers, AutoCloseable {
    private final int count;
    private final ExecutorService pool;

    /**
     * @param count threads, at least 1
     */
    public Threads(int count) {
        this.count = count;
        this.pool = Executors.newFixedThreadPool(count);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void forEach(int parts, IntConsumer part) {
        var next = new AtomicInteger();
        var running = new ArrayList<Future<?>>();
        for (int t = 0; t < count; t++) {
            running.add(
                    pool.submit(
                            () -> {
                                for (int k = next.getAndIncrement();
                                        k < parts;
                                        k = next.getAndIncrement()) {
                                    part.accept(k);
                                }
                            }));
        }
        RuntimeException first = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (first == null) {
                    first = asUnchecked(e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                first = new CancellationException("interrupted");
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static RuntimeException asUnchecked(Throwable cause) {
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        pool.shutdownNow();
        pool.close();
    }
}
