package org.kernfield.nd4j.internal;

import java.util.function.Supplier;

/** ND4J, started once, when it is first needed. */
final class LateStart implements Supplier<Nd4jRuntime>, AutoCloseable {
    /** Is told how the start went. */
    interface Listener {
        void started(Nd4jRuntime runtime);

        void failed(IllegalStateException why);
    }

    private final Supplier<Nd4jRuntime> start;
    private final Listener listener;
    private Nd4jRuntime runtime;
    private IllegalStateException failure;

    /**
     * @param start throws {@link IllegalStateException} in one sentence if it cannot
     */
    LateStart(Supplier<Nd4jRuntime> start, Listener listener) {
        this.start = start;
        this.listener = listener;
    }

    /**
     * @throws IllegalStateException in one sentence if ND4J could not be started, or was closed
     */
    @Override
    public synchronized Nd4jRuntime get() {
        if (runtime == null && failure == null) {
            try {
                runtime = start.get();
            } catch (IllegalStateException e) {
                failure = e;
                listener.failed(e);
            }
            if (failure == null) {
                listener.started(runtime);
            }
        }
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        return runtime;
    }

    /** The library is unloaded when its last call has returned; nothing is started any more. */
    @Override
    public synchronized void close() {
        if (failure == null) {
            failure =
                    new IllegalStateException(
                            "nd4j: used after its plugin has left; use the backend that is here");
        }
        if (runtime != null) {
            runtime.library().close();
        }
    }
}
