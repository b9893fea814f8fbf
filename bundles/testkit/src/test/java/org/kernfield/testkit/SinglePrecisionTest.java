package org.kernfield.testkit;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;

/** Honest single precision keeps the contract, so its tolerances ask nothing impossible. */
class SinglePrecisionTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new SinglePrecision(SinglePrecision.Fault.NONE);
    }

    @Override
    @Test
    @Disabled("it runs on the calling thread only")
    void sameBitsOnAnyNumberOfThreads() {}
}
