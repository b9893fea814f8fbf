package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraContract;

/** So it does without the Vector API. */
class PlainLinearAlgebraTest extends LinearAlgebraContract {
    @Override
    protected LinearAlgebra algebra() {
        return new CpuLinearAlgebra(Types.plain());
    }

    @Override
    protected int large() {
        return 100;
    }
}
