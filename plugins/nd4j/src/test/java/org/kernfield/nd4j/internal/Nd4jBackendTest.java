package org.kernfield.nd4j.internal;

import org.junit.jupiter.api.BeforeAll;
import org.kernfield.backend.Backend;
import org.kernfield.testkit.BackendContract;

/** ND4J keeps the contract of backends in float32. */
class Nd4jBackendTest extends BackendContract {
    private static Nd4jBackend backend;

    @BeforeAll
    static void start() {
        backend = new Nd4jBackend();
    }

    @Override
    protected Backend backend() {
        return backend;
    }
}
