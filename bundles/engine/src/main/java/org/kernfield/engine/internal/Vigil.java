package org.kernfield.engine.internal;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.engine.Failure;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Watches the calls into a plugin: what they fail with, and for how long they are silent. */
final class Vigil {
    /** For bytes that are copied without a look at a token: 50 MB/s, slower than any bus. */
    private static final long NANOS_PER_BYTE = 20;

    private final AtomicInteger calls = new AtomicInteger();
    private volatile long heardOf;
    private volatile Failure fault;

    /** The same token; each look at it is a sign of life. */
    CancelToken hearing(CancelToken cancel) {
        return () -> {
            heardOf = System.nanoTime();
            return cancel.isCancelled();
        };
    }

    /** What a call failed with, or null: not an argument it refused, a failure of the plugin. */
    Failure fault() {
        return fault;
    }

    /** For how long a call has neither returned nor looked at its token. */
    long silentNanos() {
        return calls.get() > 0 ? System.nanoTime() - heardOf : 0;
    }

    void over(Runnable call) {
        over(0, call);
    }

    <T> T over(Supplier<T> call) {
        return over(0, call);
    }

    void over(long bytes, Runnable call) {
        over(
                bytes,
                () -> {
                    call.run();
                    return null;
                });
    }

    /**
     * Makes a call.
     *
     * @param bytes that it copies before it first looks at its token
     */
    <T> T over(long bytes, Supplier<T> call) {
        heardOf = System.nanoTime() + bytes * NANOS_PER_BYTE;
        calls.incrementAndGet();
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            if (!isOfTheCaller(e)) {
                blame(e);
            }
            throw e;
        } finally {
            calls.decrementAndGet();
        }
    }

    void blame(Throwable thrown) {
        fault = Failure.of(thrown);
    }

    /** Whether it says something of the arguments, the memory or a cancellation. */
    static boolean isOfTheCaller(Throwable thrown) {
        return thrown instanceof CancellationException
                || thrown instanceof OutOfBudgetException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof UnsupportedOperationException
                || thrown instanceof OutOfMemoryError;
    }
}
