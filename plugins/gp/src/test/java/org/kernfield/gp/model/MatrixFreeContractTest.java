package org.kernfield.gp.model;

import java.util.Map;

/** The same without whole matrices; hyper-parameters are fixed, so that steps are iterations. */
class MatrixFreeContractTest extends GpContractTest {
    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "method",
                "cg",
                "restarts",
                "0",
                "kernel",
                "1.0 fixed*rbf(lengthscale=1 fixed) + white(variance=0.1 fixed)");
    }
}
