package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraContract;

/** So it does without the Vector API. */
class PlainLinearAlgebraTest extends LinearAlgebraContract {
    @Override
    protected LinearAlgebra algebra() {
        return new CpuLinearAlgebra(Types.plain());
    }

    /** One that is found by its name has the kernels of the machine. */
    @Override
    protected LinearAlgebra visitor() {
        return new CpuLinearAlgebra();
    }

    @Override
    protected int large() {
        return 100;
    }
}
