package org.kernfield.testkit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import org.kernfield.backend.ElementType;

/** Random formulas, kinds, neighbourhoods and sizes; a failure names the seed that repeats it. */
class RandomReductionsTest {
    private final ResultChecks checks =
            new ResultChecks(
                    new BackendUnderTest(
                            new SinglePrecision(SinglePrecision.Fault.NONE), ElementType.F32));

    @Property(tries = 3000, seed = "20260101", shrinking = ShrinkingMode.OFF)
    void honestSinglePrecisionAgreesWithTheReference(@ForAll long seed) {
        checks.agreesOnRandomFormulas(seed, 1);
    }
}
