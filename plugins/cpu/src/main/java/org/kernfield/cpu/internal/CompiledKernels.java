package org.kernfield.cpu.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kernfield.backend.Reduction;
import org.kernfield.kernel.Kernel;

/** Everything compiled so far, by content; it lives and dies with the backend. */
final class CompiledKernels {
    private final Map<String, CompiledMap> maps = new ConcurrentHashMap<>();
    private final Map<String, CompiledPairs> pairs = new ConcurrentHashMap<>();

    CompiledMap map(Kernel kernel) {
        return maps.computeIfAbsent(kernel.fingerprint(), key -> new CompiledMap(kernel));
    }

    CompiledPairs pairs(Reduction reduction) {
        return pairs.computeIfAbsent(reduction.key(), key -> new CompiledPairs(reduction));
    }

    /** Forgets everything, so that the classes can be collected. */
    void clear() {
        maps.clear();
        pairs.clear();
    }
}
