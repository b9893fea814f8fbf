package org.kernfield.gp.model;

import java.util.Map;

/** Without whole matrices, and with steps by all rows before the end. */
class PolishedContractTest extends GpContractTest {
    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "method",
                "cg",
                "restarts",
                "0",
                "polish",
                "2",
                "kernel",
                "rbf(lengthscale=1 fixed) + white(variance=0.1 fixed) + 0.5");
    }
}
