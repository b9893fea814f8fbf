package org.kernfield.testkit;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.reference.ReferenceLinearAlgebra;

/** The reference keeps the contract of linear algebra. */
class ReferenceLinearAlgebraContractTest extends LinearAlgebraContract {
    @Override
    protected LinearAlgebra algebra() {
        return new ReferenceLinearAlgebra();
    }

    @Override
    protected int large() {
        return 100;
    }

    @Override
    protected int spectral() {
        return 64;
    }
}
