package org.kernfield.testkit;

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

    private BackendChecks checks() {
        return new BackendChecks(backend(), arithmetic());
    }

    @Test
    void describesItself() {
        checks().describesItself();
    }

    @TestFactory
    Stream<DynamicTest> sumsAsTheReferenceDoes() {
        return SampleKernels.ofPairs().stream()
                .map(
                        sample ->
                                DynamicTest.dynamicTest(
                                        sample.kernel().name(),
                                        () ->
                                                checks().agrees(
                                                                Problems.sums(sample),
                                                                sample.cancels())));
    }

    @Test
    void mapsAndTotalsAsTheReferenceDoes() {
        checks().agrees(Problems.ofRows(), true);
    }

    @Test
    void reducesNothingToZeros() {
        checks().agrees(Problems.ofNothing(), false);
    }

    @Test
    void computesLongPrograms() {
        checks().computesLongPrograms();
    }

    @Test
    void agreesOnRandomFormulas() {
        checks().agreesOnRandomFormulas(randomSeed(), randomFormulas());
    }

    @Test
    void differentiates() {
        checks().differentiates();
    }

    @Test
    void overwritesOutputsOnly() {
        checks().overwritesOutputsOnly();
    }

    @Test
    void carriesNaNAndInfinity() {
        checks().carriesNaNAndInfinity();
    }

    @Test
    void refusesWrongBindings() {
        checks().refusesWrongBindings();
    }

    @Test
    void keepsToItsBudget() {
        checks().keepsToItsBudget();
    }

    @Test
    void convertsElementTypes() {
        checks().convertsElementTypes();
    }

    @Test
    void stopsWhenCancelled() {
        checks().stopsWhenCancelled();
    }

    @Test
    void sameBitsOnAnyNumberOfThreads() {
        checks().sameBitsOnAnyNumberOfThreads();
    }

    @Test
    void sameBitsWhenCalledAThousandTimes() {
        checks().sameBitsWhenCalledAThousandTimes();
    }
}
