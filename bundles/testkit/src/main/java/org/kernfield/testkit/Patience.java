package org.kernfield.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what may hang, on a thread that is then left behind. */
final class Patience {
    private Patience() {}

    /**
     * The result of {@code work}, or what it threw.
     *
     * @param seconds after which it hangs
     * @param what the subject of the sentence that says so
     */
    static <R> R within(int seconds, String what, Supplier<R> work) {
        var done = new CompletableFuture<R>();
        Thread.ofPlatform().daemon().name("patience").start(() -> complete(done, work));
        try {
            return done.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("%s: not back after %d s".formatted(what, seconds));
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static <R> void complete(CompletableFuture<R> done, Supplier<R> work) {
        try {
            done.complete(work.get());
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    /** A supplier throws nothing that is checked. */
    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
