package org.kernfield.testkit;

import org.kernfield.backend.Backend;
import org.kernfield.backend.ElementType;
import org.kernfield.reference.ReferenceBackend;

/** The reference keeps the contract too; here because the testkit needs it and not the reverse. */
class ReferenceBackendTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new ReferenceBackend();
    }

    @Override
    protected ElementType arithmetic() {
        return ElementType.F64;
    }
}
