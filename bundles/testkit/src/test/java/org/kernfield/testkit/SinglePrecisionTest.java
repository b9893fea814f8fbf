package org.kernfield.testkit;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kernfield.backend.Backend;

import java.util.List;
import java.util.stream.Stream;

/** Honest single precision keeps the contract, so its tolerances ask nothing impossible. */
class SinglePrecisionTest extends BackendContract {
    @Override
    protected Backend backend() {
        return new Well();
    }

    /** Its loops are too slow for the largest. */
    @Override
    @TestFactory
    Stream<DynamicTest> sumsAsTheReferenceDoes() {
        var checks = new ResultChecks(new BackendUnderTest(backend(), arithmetic()));
        return SampleKernels.ofPairs().stream()
                .map(
                        sample ->
                                DynamicTest.dynamicTest(
                                        sample.kernel().name(),
                                        () -> checks.agrees(small(sample), sample.cancels())));
    }

    @Override
    @Test
    @Disabled("it only reduces")
    void operatesOnBuffers() {}

    private static List<Problem> small(SampleKernel sample) {
        return Problems.sums(sample).stream()
                .filter(p -> p.queries().count() * p.sources() < 20_000)
                .toList();
    }

    @Override
    @Test
    @Disabled("it runs on the calling thread only")
    void sameBitsOnAnyNumberOfThreads() {}
}
