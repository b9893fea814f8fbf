package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** Whether a backend knows the operations of a kernel, looked up once for each kernel. */
final class Abilities {
    private final String backend;
    private final Set<Op> known;
    private final Map<Kernel, Boolean> passed = Collections.synchronizedMap(new WeakHashMap<>());

    Abilities(Backend backend) {
        this.backend = backend.name();
        this.known = Set.copyOf(backend.operations());
    }

    /**
     * Refuses a kernel the backend cannot evaluate.
     *
     * @throws UnsupportedOperationException naming the missing operations
     */
    void require(Kernel kernel) {
        if (passed.containsKey(kernel)) {
            return;
        }
        List<String> missing = missing(kernel);
        if (!missing.isEmpty()) {
            throw new UnsupportedOperationException(
                    kernel.name()
                            + ": backend "
                            + backend
                            + " does not know "
                            + String.join(", ", missing)
                            + "; use another backend");
        }
        passed.put(kernel, true);
    }

    private List<String> missing(Kernel kernel) {
        return kernel.missing(known).stream()
                .map(op -> op.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
