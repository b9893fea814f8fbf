package org.kernfield.nd4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.kernel.Op;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** The checks at the start find what they look for. */
class SelfCheckTest {
    private static Optional<String> random(IntToDoubleFunction number) {
        return RandomSelfCheck.fault(
                (z, count) -> {
                    for (int k = 0; k < count; k++) {
                        z.set(k, number.applyAsDouble(k));
                    }
                });
    }

    private static double philox(int index) {
        return Op.RANDOM.apply(0, 0, 0, index);
    }

    private static double rounded(double number, double bits) {
        return Math.floor(number * bits) / bits;
    }

    @Test
    void acceptsTheNumbersOfTheLanguage() {
        assertThat(RandomSelfCheck.fault()).isEmpty();
        assertThat(random(SelfCheckTest::philox)).isEmpty();
    }

    @Test
    void findsRandomNumbersOfAnotherWidth() {
        assertThat(random(k -> rounded(philox(k), 0x1p23)))
                .hasValue("random numbers use 23 of their 24 bits");
        assertThat(random(k -> rounded(philox(k), 0x1p16)))
                .hasValue("random numbers use 16 of their 24 bits");
        assertThat(random(k -> philox(k) + 0x1p-40))
                .hasValueSatisfying(f -> assertThat(f).contains("no fraction of 24 bits"));
    }

    @Test
    void findsRandomNumbersThatAreOutOfRangeDependOnPrecisionRepeatOrAreOthers() {
        assertThat(random(k -> philox(k) + 1))
                .hasValueSatisfying(f -> assertThat(f).contains("no fraction of 24 bits"));
        assertThat(random(k -> Double.NaN)).isPresent();
        int[] calls = {0};
        assertThat(random(k -> philox(calls[0]++)))
                .hasValueSatisfying(f -> assertThat(f).contains(" in F32 and "));
        assertThat(random(k -> philox(k % 100)))
                .hasValue("only 100 of 256 random numbers are different");
        assertThat(random(k -> philox(k + 1)))
                .hasValueSatisfying(f -> assertThat(f).contains("where 6627e8 is right"));
    }

    /** As operands of every shape are read, but the two exchanged. */
    @Test
    void findsOperandsThatAreExchangedOrNotBroadcast() {
        assertThat(
                        BroadcastSelfCheck.fault(
                                (op, x, y, z) ->
                                        Elementwise.apply(op, new Values[] {x, y}, z, 3, 5)))
                .isEmpty();
        assertThat(
                        BroadcastSelfCheck.fault(
                                (op, x, y, z) ->
                                        Elementwise.apply(op, new Values[] {y, x}, z, 3, 5)))
                .hasValueSatisfying(
                        f -> assertThat(f).startsWith("SUBTRACT of a number and 3 × 5 in F32"));
        assertThat(
                        BroadcastSelfCheck.fault(
                                (op, x, y, z) ->
                                        Elementwise.apply(
                                                op, new Values[] {x, flattened(y)}, z, 3, 5)))
                .hasValueSatisfying(f -> assertThat(f).contains("ADD of 3 × 1 and 1 × 5"));
    }

    /** Of a row of sources, the first for all. */
    private static Values flattened(Values y) {
        return y.columnStride() == 1 && y.rowStride() == 0 ? new Values(y.register(), 0, 0, 0) : y;
    }

    @Test
    void findsNothingWrongWithNd4j() {
        new Nd4jBackend();
        assertThat(BroadcastSelfCheck.fault()).isEmpty();
        assertThat(BackendSelfCheck.fault()).isEmpty();
    }
}
