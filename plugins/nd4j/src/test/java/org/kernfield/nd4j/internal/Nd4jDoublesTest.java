package org.kernfield.nd4j.internal;

import org.kernfield.backend.ElementType;

/** And in float64. */
class Nd4jDoublesTest extends Nd4jBackendTest {
    @Override
    protected ElementType arithmetic() {
        return ElementType.F64;
    }
}
