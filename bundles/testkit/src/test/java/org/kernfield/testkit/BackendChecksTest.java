package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.testkit.SinglePrecision.Fault;

import java.util.List;
import java.util.function.Consumer;

/** A backend with a fault is found out. */
class BackendChecksTest {
    private static void finds(Fault fault, Consumer<ResultChecks> check) {
        var under = new BackendUnderTest(new SinglePrecision(fault), ElementType.F32);
        assertThatThrownBy(() -> check.accept(new ResultChecks(under)))
                .isInstanceOf(AssertionError.class);
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
        finds(Fault.ADDS_TO_OUTPUTS, ResultChecks::overwritesOutputsOnly);
    }

    @Test
    void findsLostNaN() {
        finds(Fault.LOSES_NAN, ResultChecks::carriesNaNAndInfinity);
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

    private static void finds(Fault fault, String kind) {
        finds(fault, c -> c.agrees(NeighbourProblems.byKind().get(kind), true));
    }

    @Test
    void findsListsWithDoublesNamedOnce() {
        finds(Fault.NAMES_DOUBLES_ONCE, "SUM over Lists");
    }

    @Test
    void findsStencilsAroundTheEdge() {
        finds(Fault.WRAPS_RASTER, "SUM over Stencil");
    }

    @Test
    void findsCoarseLogarithms() {
        finds(Fault.COARSE_MIXTURE, "LOG_SUM_EXP over All");
    }

    @Test
    void findsTheLastOfTies() {
        finds(Fault.LAST_OF_TIES, ResultChecks::namesTheFirstOfEqualMaxima);
    }

    @ParameterizedTest
    @EnumSource(names = {"SOURCE_ORDER", "NEVER_CUTS", "FORGETS_BACKGROUND"})
    void findsWrongLayers(Fault fault) {
        var under = new BackendUnderTest(new SinglePrecision(fault), ElementType.F32);
        assertThatThrownBy(() -> new CompositeChecks(under).agrees())
                .isInstanceOf(AssertionError.class);
    }
}
