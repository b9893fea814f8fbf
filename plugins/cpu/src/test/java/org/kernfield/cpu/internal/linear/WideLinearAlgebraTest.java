package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraContract;

/** And with the tiles for 32 registers, whatever the machine has. */
class WideLinearAlgebraTest extends LinearAlgebraContract {
    @Override
    protected LinearAlgebra algebra() {
        return new CpuLinearAlgebra(
                new Types(
                        new DoubleNumbers(new DoubleKernel12()),
                        new FloatNumbers(new FloatKernel12())));
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
