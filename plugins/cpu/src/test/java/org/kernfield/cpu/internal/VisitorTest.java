package org.kernfield.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.testkit.Departure;

import java.util.function.Function;

/** The cpu backend that stays keeps nothing of a plugin that leaves. */
class VisitorTest {
    private static double[] visit(CpuBackend staying) {
        return Departure.<Function, double[]>visit(
                Function.class, new Visitor(), visitor -> applied(visitor, staying));
    }

    @SuppressWarnings("unchecked")
    private static double[] applied(Function<?, ?> visitor, CpuBackend staying) {
        return ((Function<CpuBackend, double[]>) visitor).apply(staying);
    }

    @Test
    void aWarmCacheOfCompiledReductionsKeepsNoClassOfWhoHadThemCompiled() {
        try (var staying = new CpuBackend()) {
            double[] own = new Visitor().apply(staying);
            assertThat(visit(staying)).isEqualTo(own);
            // compiled for somebody whose classes are gone
            assertThat(visit(staying)).isEqualTo(own);
        }
    }

    @Test
    void aColdCacheKeepsNoRecordOfWhoWarmedIt() {
        try (var staying = new CpuBackend()) {
            double[] first = visit(staying);
            assertThat(new Visitor().apply(staying)).isEqualTo(first);
        }
    }
}
