package org.kernfield.testkit;

import org.kernfield.backend.Backend;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.backend.Workers;

/**
 * A backend and what is demanded of it.
 *
 * @param backend to be tested
 * @param arithmetic element type of its buffers, F32 or F64, whose precision is demanded
 */
public record BackendUnderTest(Backend backend, ElementType arithmetic) {
    double unit() {
        return Agreement.unit(arithmetic);
    }

    Session open(Workers workers) {
        return backend.open(new Resources(workers, Budget.unlimited(), CancelToken.NONE));
    }

    /** Whether the kernel can be written with its operations; others are left out. */
    boolean knows(Reduction reduction) {
        return reduction.kernel().missing(backend.operations()).isEmpty();
    }

    static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
