package org.kernfield.engine.internal;

import org.kernfield.backend.CancelToken;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The only place where the engine makes threads: named, daemon, with the engine's own context class
 * loader and nothing inherited, so that none of them keeps a plugin's class alive.
 */
final class Threads {
    private Threads() {}

    /** How long a call that was interrupted may take to end. */
    private static final Duration PARTING = Duration.ofSeconds(10);

    /** A call that can tell whether its caller has been interrupted. */
    @FunctionalInterface
    interface Call<T> {
        T run(CancelToken interrupted) throws Exception;
    }

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
        return call(name, interrupted -> body.call(), () -> false);
    }

    /**
     * The same, as long as there is hope. When the caller is interrupted the call is, too, and what
     * it uses is in use until it ends or ten seconds have passed.
     *
     * @param isHopeless looked at now and then
     * @throws Hopeless once it says so; the thread goes on in vain
     */
    static <T> T call(String name, Call<T> body, BooleanSupplier isHopeless) {
        var isInterrupted = new AtomicBoolean();
        var task = new FutureTask<T>(() -> body.run(isInterrupted::get));
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
            isInterrupted.set(true);
            thread.interrupt();
            awaitEnd(thread);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        }
    }

    private static void awaitEnd(Thread thread) {
        long deadline = System.nanoTime() + PARTING.toNanos();
        long left;
        while (thread.isAlive() && (left = deadline - System.nanoTime()) > 0) {
            try {
                thread.join(Duration.ofNanos(left));
            } catch (InterruptedException again) {
                // it has been asked to end already
            }
        }
    }
}
