package org.kernfield.engine.internal;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time until a representation has accepted or refused a task, or the job rests or ends. */
final class Beginning {
    /** What a representation still gets once nobody wants to wait. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    boolean isOver() {
        return over.isDone();
    }

    /** Does nothing if it was over already. */
    void end() {
        over.complete(null);
    }

    /** The same with what whoever ordered the job is to hear. */
    void end(RuntimeException refusal) {
        over.completeExceptionally(refusal);
    }

    /**
     * Returns when it is over. If the thread is interrupted that may take a second more: a job that
     * has begun can be resumed.
     *
     * @param cancel done if it is not over by then
     * @throws CancellationException in that case
     */
    void await(Runnable cancel) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    if (isInterrupted) {
                        over.get(LAST_MOMENT.toNanos(), TimeUnit.NANOSECONDS);
                    } else {
                        over.get();
                    }
                    return;
                } catch (InterruptedException ctrlC) {
                    isInterrupted = true;
                }
            }
        } catch (TimeoutException late) {
            cancel.run();
            throw new CancellationException("interrupted");
        } catch (ExecutionException refused) {
            throw (RuntimeException) refused.getCause();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
