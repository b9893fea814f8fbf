package org.kernfield.cpu.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;

/** When something counts as slow, and whether the loops that tell compute what they say. */
class SpeedCheckTest {
    private static final String FLAGS = "flags\t\t: fpu sse4_2 avx avx2 bmi2\n";

    @Test
    void tellsRatesBelowAThirdOfTheExpectedOnes() {
        var sentences = new ArrayList<String>();
        SpeedCheck.compare("generated code", 1e9, 2.9e9, "pairs", sentences);
        assertThat(sentences).isEmpty();
        SpeedCheck.compare("generated code", 1e9, 3.1e9, "pairs", sentences);
        assertThat(sentences)
                .singleElement()
                .asString()
                .startsWith(
                        "generated code: 1000.00 million pairs a second where 3100 are to be"
                                + " expected; start java without");
    }

    @Test
    void tellsVectorsNarrowerThanTheProcessors() {
        assertThat(VectorUnits.narrower(FLAGS, 8)).isEmpty();
        assertThat(VectorUnits.narrower("flags\t\t: fpu sse4_2 avx\n", 4)).isEmpty();
        assertThat(VectorUnits.narrower(FLAGS, 4))
                .hasValueSatisfying(s -> assertThat(s).contains("uses 4", "has 8"));
    }

    @Test
    void loopOfExponentialsComputesThem() {
        var q = new float[256];
        for (int i = 0; i < q.length; i++) {
            q[i] = -0.47f * i;
        }
        var powers = new float[q.length];
        Loops.exponentials(q, powers);
        for (int i = 0; i < q.length; i++) {
            double exact = Math.pow(2, q[i]);
            assertThat((double) powers[i]).isCloseTo(exact, within(3e-7 * exact));
        }
    }

    @Test
    void loopsOfSumsTendToTheirFixedPoint() {
        // a ← 0.999·a + 0.001 has the fixed point 1; twelve of them are added up
        assertThat(Loops.multiplyAdds(20_000, 5f)).isCloseTo(12, within(0.01f));
        assertThat(Loops.multiplyAdds(20_000, 5.0)).isCloseTo(12, within(1e-6));
        assertThat(Loops.chain(20_000, 5f)).isCloseTo(1, within(0.01f));
    }
}
