package org.kernfield.cpu.internal;

import org.kernfield.backend.Backend;
import org.kernfield.testkit.BackendContract;

/** The cpu backend keeps the contract of backends. */
class CpuBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new CpuBackend();
    }
}
