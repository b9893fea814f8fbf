package org.kernfield.backend;

import java.util.concurrent.CancellationException;

/** Asks running work to stop. */
@FunctionalInterface
public interface CancelToken {
    boolean isCancelled();

    /** Throws a {@link CancellationException} once the work has been cancelled. */
    default void check() {
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }

    /** Never cancelled. */
    CancelToken NONE = () -> false;
}
