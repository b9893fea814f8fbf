package org.kernfield.engine;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;

/**
 * What is done with a backend while it is lent.
 *
 * @param <T> plain values, nothing of the backend's own
 */
@FunctionalInterface
public interface Loan<T> {
    /**
     * Uses the backend.
     *
     * @param backend valid until this returns
     * @param resources the engine's threads and memory; cancelled when the backend has to leave
     * @param algebra the best there is at each call
     */
    T use(Backend backend, Resources resources, LinearAlgebra algebra);
}
