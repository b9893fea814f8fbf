package org.kernfield.shell.internal.verb;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.engine.Engine;
import org.kernfield.engine.Plugin;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/** Work on the engine's threads that needs no backend. */
final class HostWork {
    private HostWork() {}

    /** Runs {@code work} with the engine's threads; on the caller's alone where none are lent. */
    static <T> T on(Engine engine, BiFunction<Workers, CancelToken, T> work) {
        List<Plugin> backends = engine.backends();
        if (backends.isEmpty()) {
            return work.apply(Workers.SERIAL, CancelToken.NONE);
        }
        // what goes wrong is the work's fault and not that of the backend whose threads these are
        var failure = new AtomicReference<RuntimeException>();
        T result =
                engine.borrow(
                        backends.getFirst().name(),
                        (backend, resources, algebra) -> {
                            try {
                                return work.apply(resources.workers(), resources.cancel());
                            } catch (RuntimeException e) {
                                failure.set(e);
                                return null;
                            }
                        });
        if (failure.get() != null) {
            throw failure.get();
        }
        return result;
    }
}
