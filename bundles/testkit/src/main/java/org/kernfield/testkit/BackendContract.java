package org.kernfield.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kernfield.backend.Backend;
import org.kernfield.backend.ElementType;

import java.util.stream.Stream;

/** The contract of backends for JUnit 5; a subclass says which backend. */
public abstract class BackendContract {
    /** The backend to be tested; asked for once a test. */
    protected abstract Backend backend();

    /** Element type of its buffers, by which precision is demanded. */
    protected ElementType arithmetic() {
        return ElementType.F32;
    }

    /** Seed of the first random formula; every failure names its own. */
    protected long randomSeed() {
        return Long.getLong("kernfield.seed", 20_260_101L);
    }

    /** How many random formulas. */
    protected int randomFormulas() {
        return 300;
    }

    private BackendUnderTest under() {
        return new BackendUnderTest(backend(), arithmetic());
    }

    private ResultChecks results() {
        return new ResultChecks(under());
    }

    @Test
    void describesItself() {
        new SessionChecks(under()).describesItself();
    }

    @TestFactory
    Stream<DynamicTest> sumsAsTheReferenceDoes() {
        return SampleKernels.ofPairs().stream()
                .map(
                        sample ->
                                DynamicTest.dynamicTest(
                                        sample.kernel().name(),
                                        () ->
                                                results()
                                                        .agrees(
                                                                Problems.sums(sample),
                                                                sample.cancels())));
    }

    @TestFactory
    Stream<DynamicTest> reducesAsTheReferenceDoes() {
        return NeighbourProblems.byKind().entrySet().stream()
                .map(
                        kind ->
                                DynamicTest.dynamicTest(
                                        kind.getKey(),
                                        () -> results().agrees(kind.getValue(), true)));
    }

    @Test
    void mapsAndTotalsAsTheReferenceDoes() {
        results().agrees(Problems.ofRows(), true);
    }

    @Test
    void sumsOverOneSetOfRowsAsTheReferenceDoes() {
        results().agrees(NeighbourProblems.symmetric(), true);
    }

    @Test
    void sumsOverPixelsThatFillAnyInput() {
        results().agrees(Problems.mapped(), true);
    }

    @Test
    void keepsTheDigitsOfLongSums() {
        assumeTrue(arithmetic() == ElementType.F32, "their terms are alike to float32");
        results().agrees(Problems.longSums(), false);
    }

    @Test
    void addsTenthsToTheLastDigit() {
        results().addsTenths();
    }

    @Test
    void reducesNothingToZeros() {
        results().agrees(Problems.ofNothing(), false);
    }

    @Test
    void compositesAsTheReferenceDoes() {
        new CompositeChecks(under()).agrees();
    }

    @Test
    void namesTheFirstOfEqualMaxima() {
        results().namesTheFirstOfEqualMaxima();
    }

    @Test
    void computesLongPrograms() {
        results().computesLongPrograms();
    }

    @Test
    void agreesOnRandomFormulas() {
        results().agreesOnRandomFormulas(randomSeed(), randomFormulas());
    }

    @Test
    void differentiates() {
        results().differentiates();
    }

    @Test
    void operatesOnBuffers() {
        new OperationChecks(under()).all();
    }

    @Test
    void overwritesOutputsOnly() {
        results().overwritesOutputsOnly();
    }

    @Test
    void carriesNaNAndInfinity() {
        results().carriesNaNAndInfinity();
    }

    @Test
    void refusesWrongBindings() {
        new SessionChecks(under()).refusesWrongBindings();
    }

    @Test
    void keepsToItsBudget() {
        new SessionChecks(under()).keepsToItsBudget();
    }

    @Test
    void convertsElementTypes() {
        new SessionChecks(under()).convertsElementTypes();
    }

    @Test
    void stopsWhenCancelled() {
        new SessionChecks(under()).stopsWhenCancelled();
    }

    @Test
    void sameBitsOnAnyNumberOfThreads() {
        new RepeatChecks(under()).sameBitsOnAnyNumberOfThreads();
    }

    @Test
    void sameBitsWhenCalledAThousandTimes() {
        new RepeatChecks(under()).sameBitsWhenCalledAThousandTimes();
    }

    @Test
    void sameBitsWhenItComesAgain() {
        new RepeatChecks(under()).sameBitsWhenItComesAgain();
    }
}
