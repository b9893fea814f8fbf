package org.kernfield.openblas.internal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraContract;

/** OpenBLAS keeps the contract of linear algebra. */
class OpenBlasAlgebraTest extends LinearAlgebraContract {
    private static OpenBlas openBlas;

    @BeforeAll
    static void open() {
        openBlas = Found.onThisMachine();
    }

    @AfterAll
    static void close() {
        if (openBlas != null) {
            openBlas.close();
        }
    }

    @Override
    protected LinearAlgebra algebra() {
        return openBlas.algebra();
    }

    @Override
    protected LinearAlgebra visitor() {
        return new OpenBlasAlgebra();
    }
}
