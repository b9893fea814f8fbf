package org.kernfield.testkit;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.LinearAlgebra;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** The contract of linear algebra for JUnit 5; a subclass says which implementation. */
public abstract class LinearAlgebraContract {
    private static final int[] ORDERS = {1, 7, 64, 129};

    /** The implementation to be tested. */
    protected abstract LinearAlgebra algebra();

    /**
     * The same of a public class with a public constructor without parameters, which leaves and
     * comes again with other classes; closed when it leaves, if it can be.
     */
    protected LinearAlgebra visitor() {
        return algebra();
    }

    /** Order of the largest matrix multiplied and factored. */
    protected int large() {
        return 500;
    }

    /** Order of the largest matrix whose eigenvectors are wanted. */
    protected int spectral() {
        return 129;
    }

    private LinearAlgebraChecks checks(ElementType type) {
        return new LinearAlgebraChecks(algebra(), type);
    }

    private SpectralChecks spectra(ElementType type) {
        return new SpectralChecks(algebra(), type);
    }

    private LinearAlgebraBehaviour behaviour() {
        return new LinearAlgebraBehaviour(algebra());
    }

    private static Stream<DynamicTest> both(Consumer<ElementType> check) {
        return Stream.of(ElementType.F32, ElementType.F64)
                .map(type -> DynamicTest.dynamicTest(type.name(), () -> check.accept(type)));
    }

    @Test
    void hasAName() {
        Assertions.assertTrue(algebra().name().matches("[a-z][a-z0-9-]*"), algebra().name());
    }

    @TestFactory
    Stream<DynamicTest> multiplies() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).multiplies(n, n, n);
                    }
                    checks(type).multiplies(1, 300, 70);
                    checks(type).multiplies(120, 1, 5);
                    checks(type).multiplies(33, 1100, 17);
                    checks(type).multiplies(large(), large(), large());
                    checks(type).overwritesOrScales();
                });
    }

    @TestFactory
    Stream<DynamicTest> updatesSymmetrically() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).updatesSymmetrically(n, 2 * n + 1);
                    }
                    checks(type).updatesSymmetrically(large(), 30);
                });
    }

    @TestFactory
    Stream<DynamicTest> solvesTriangles() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).solvesTriangles(n, 1 + n / 2);
                    }
                    checks(type).solvesTriangles(large(), 40);
                });
    }

    @TestFactory
    Stream<DynamicTest> factorsPositiveDefinite() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).factorsPositiveDefinite(n);
                        checks(type).namesTheMinor(n);
                    }
                    checks(type).factorsPositiveDefinite(large());
                    checks(type).namesTheMinor(large());
                });
    }

    @TestFactory
    Stream<DynamicTest> invertsPositiveDefinite() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).invertsPositiveDefinite(n);
                    }
                    checks(type).invertsPositiveDefinite(large());
                });
    }

    @TestFactory
    Stream<DynamicTest> factorsSemidefinite() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).factorsSemidefinite(n);
                    }
                    checks(type).factorsSemidefinite(large());
                    checks(type).leavesOutWhatIsSmall();
                });
    }

    @TestFactory
    Stream<DynamicTest> factorsIndefinite() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).factorsIndefinite(n);
                    }
                    checks(type).factorsIndefinite(large());
                    checks(type).tellsSingularDiagonal();
                });
    }

    @TestFactory
    Stream<DynamicTest> factorsOrthogonally() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).factorsOrthogonally(n, n);
                    }
                    checks(type).factorsOrthogonally(129, 31);
                    checks(type).factorsOrthogonally(31, 129);
                    checks(type).factorsOrthogonally(large(), 90);
                });
    }

    @TestFactory
    Stream<DynamicTest> findsEigenvectors() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        if (n <= spectral()) {
                            spectra(type).findsEigenvectors(n);
                            spectra(type).findsSemidefiniteEigenvectors(n);
                        }
                    }
                    spectra(type).findsKnownEigenvalues(spectral());
                });
    }

    @TestFactory
    Stream<DynamicTest> findsSingularVectors() {
        return both(
                type -> {
                    for (int[] shape :
                            new int[][] {{1, 1}, {7, 7}, {64, 64}, {100, 31}, {31, 100}, {3, 1}}) {
                        spectra(type).findsSingularVectors(shape[0], shape[1]);
                    }
                    spectra(type).findsKnownSingularValues();
                });
    }

    @TestFactory
    Stream<DynamicTest> estimatesConditions() {
        return both(
                type -> {
                    for (int n : ORDERS) {
                        checks(type).estimatesConditions(n);
                    }
                });
    }

    @TestFactory
    Stream<DynamicTest> batches() {
        return both(
                type -> {
                    checks(type).batches(40, 9);
                    checks(type).batches(3, 130);
                });
    }

    @TestFactory
    Stream<DynamicTest> acceptsNothing() {
        return both(
                type -> {
                    checks(type).acceptsNothing();
                });
    }

    @TestFactory
    Stream<DynamicTest> repeatsItsBits() {
        return both(
                type -> {
                    behaviour().sameBitsWhenCompiled(type);
                    behaviour().repeatsItsBits(type, large() / 2 + 1, 50);
                });
    }

    @TestFactory
    Stream<DynamicTest> sameBitsWhenItComesAgain() {
        return both(
                type -> {
                    new LinearAlgebraBehaviour(visitor()).sameBitsWhenItComesAgain(type);
                });
    }

    @TestFactory
    Stream<DynamicTest> takesAnyMemory() {
        return both(
                type -> {
                    behaviour().takesAnyMemory(type);
                });
    }

    @TestFactory
    Stream<DynamicTest> keepsToItsBudget() {
        return both(
                type -> {
                    behaviour().keepsToItsBudget(type);
                });
    }

    @Test
    void stopsWhenCancelled() {
        behaviour().stopsWhenCancelled(large(), 64);
    }

    @TestFactory
    Stream<DynamicTest> refusesNaN() {
        return both(
                type -> {
                    behaviour().refusesNaN(type);
                });
    }

    @Test
    void refusesWrongArguments() {
        behaviour().refusesWrongArguments();
    }
}
