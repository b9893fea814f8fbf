package org.kernfield.engine.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The only place where the engine makes threads: named, daemon, with the engine's own context class
 * loader and nothing inherited, so that none of them keeps a plugin's class alive.
 */
final class Threads {
    private Threads() {}

    /** Nothing will come of a call any more. */
    static final class Hopeless extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Thread start(String name, Runnable body) {
        Thread thread =
                Thread.ofPlatform()
                        .name(name)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(body);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        thread.start();
        return thread;
    }

    /**
     * Runs a call on a thread of its own and waits for it: what a plugin leaves in thread locals
     * ends with that thread instead of staying on the caller's.
     */
    static <T> T call(String name, Callable<T> body) {
        return call(name, body, () -> false);
    }

    /**
     * The same, as long as there is hope.
     *
     * @param isHopeless looked at now and then
     * @throws Hopeless once it says so; the thread goes on in vain
     */
    static <T> T call(String name, Callable<T> body, BooleanSupplier isHopeless) {
        var task = new FutureTask<T>(body);
        Thread thread = start(name, task);
        try {
            while (true) {
                long asked = System.nanoTime();
                try {
                    return task.get(Look.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (!Look.isLate(asked) && isHopeless.getAsBoolean()) {
                        throw new Hopeless();
                    }
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        }
    }
}
