package org.kernfield.cpu.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.ElementType;
import org.kernfield.testkit.BackendContract;

/** The cpu backend keeps the contract of backends in float64, too. */
class CpuBackendFloat64Test extends BackendContract {
    @Override
    protected Backend backend() {
        return new CpuBackend();
    }

    @Override
    protected ElementType arithmetic() {
        return ElementType.F64;
    }

    @Override
    protected int randomFormulas() {
        return 20;
    }
}
