package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.testkit.SinglePrecision.Fault;

import java.util.List;
import java.util.function.Consumer;

/** A backend with a fault is found out. */
class BackendChecksTest {
    private static void finds(Fault fault, Consumer<BackendChecks> check) {
        var checks = new BackendChecks(new SinglePrecision(fault), ElementType.F32);
        assertThatThrownBy(() -> check.accept(checks)).isInstanceOf(AssertionError.class);
    }

    @Test
    void findsForgottenSource() {
        var problem =
                SampleKernels.several()
                        .problem(
                                Reduction.Kind.SUM_INTO_SOURCES,
                                Neighbourhood.ALL,
                                Problems.raster(37, 5),
                                1021);
        finds(Fault.FORGETS_LAST_SOURCE, c -> c.agrees(List.of(problem), true));
    }

    @Test
    void findsPixelsHalfAPixelOff() {
        var problem =
                SampleKernels.gaussian()
                        .problem(Reduction.Kind.SUM, Neighbourhood.ALL, Problems.raster(37, 5), 7);
        finds(Fault.PIXEL_CORNERS, c -> c.agrees(List.of(problem), false));
    }

    @Test
    void findsOutputsAddedTo() {
        finds(Fault.ADDS_TO_OUTPUTS, BackendChecks::overwritesOutputsOnly);
    }

    @Test
    void findsLostNaN() {
        finds(Fault.LOSES_NAN, BackendChecks::carriesNaNAndInfinity);
    }

    @Test
    void findsCoarseExponential() {
        var problem =
                SampleKernels.gaussian()
                        .problem(Reduction.Kind.SUM, Neighbourhood.ALL, new Queries.Rows(64), 64);
        finds(Fault.COARSE_EXP, c -> c.agrees(List.of(problem), false));
    }

    @Test
    void findsUniformsOfTheWrongSign() {
        finds(Fault.NEGATES_UNIFORMS, c -> c.agrees(Problems.ofRows(), true));
    }

    @Test
    void findsMemoryNotGivenBack() {
        finds(Fault.LEAKS, BackendChecks::keepsToItsBudget);
    }
}
