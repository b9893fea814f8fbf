package org.kernfield.nd4j.internal;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraContract;

/** The OpenBLAS of ND4J keeps the contract of linear algebra. */
class Nd4jAlgebraTest extends LinearAlgebraContract {
    private static LinearAlgebra algebra;

    @BeforeAll
    static void start() {
        algebra = new Nd4jBackend().algebra();
    }

    @Override
    protected LinearAlgebra algebra() {
        return algebra;
    }

    @Override
    protected LinearAlgebra visitor() {
        Assumptions.abort("it comes and goes with the backend, of which Nd4jBackendTest tells");
        return algebra;
    }
}
