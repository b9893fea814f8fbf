package org.kernfield.cpu.internal.linear;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.testkit.LinearAlgebraChecks;
import org.kernfield.testkit.LinearAlgebraContract;

/** The cpu's linear algebra keeps the contract. */
class CpuLinearAlgebraTest extends LinearAlgebraContract {
    @Override
    protected LinearAlgebra algebra() {
        return new CpuLinearAlgebra();
    }

    @Test
    void invertsWhatIsPackedInParts() {
        int order = Product.AT_ONCE + 26;
        new LinearAlgebraChecks(algebra(), ElementType.F64).invertsPositiveDefinite(order);
    }
}
