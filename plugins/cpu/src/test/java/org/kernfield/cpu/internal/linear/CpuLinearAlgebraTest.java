package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraContract;

/** The cpu's linear algebra keeps the contract. */
class CpuLinearAlgebraTest extends LinearAlgebraContract {
    @Override
    protected LinearAlgebra algebra() {
        return new CpuLinearAlgebra();
    }
}
