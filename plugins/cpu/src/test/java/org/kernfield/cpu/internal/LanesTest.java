package org.kernfield.cpu.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.ElementType;
import org.kernfield.testkit.BackendUnderTest;
import org.kernfield.testkit.CompositeChecks;
import org.kernfield.testkit.NeighbourProblems;
import org.kernfield.testkit.ResultChecks;

/**
 * The parts of the contract of backends that depend on how wide vectors are. The build runs them
 * with the machine's vectors, with AVX2's, with narrow ones and, without the Vector API, with none.
 */
class LanesTest {
    private static final int FORMULAS = 5;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void sumOverOneSetOfRowsAsTheReferenceDoes(ElementType arithmetic) {
        results(arithmetic).agrees(NeighbourProblems.symmetric(), true);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void agreeOnRandomFormulas(ElementType arithmetic) {
        results(arithmetic).agreesOnRandomFormulas(5, FORMULAS);
    }

    @Test
    void compositeAsTheReferenceDoes() {
        new CompositeChecks(under(ElementType.F32)).agrees();
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F64"})
    void carryNaNAndInfinity(ElementType arithmetic) {
        results(arithmetic).carriesNaNAndInfinity();
    }

    private static BackendUnderTest under(ElementType arithmetic) {
        return new BackendUnderTest(new CpuBackend(), arithmetic);
    }

    private static ResultChecks results(ElementType arithmetic) {
        return new ResultChecks(under(arithmetic));
    }
}
