package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.ElementType;
import org.kernfield.testkit.SinglePrecision.Fault;

/** Backends that misbehave, rather than miscalculate, do not keep the contract. */
class BadBackendTest {
    private static BackendUnderTest with(Fault fault) {
        return new BackendUnderTest(new SinglePrecision(fault), ElementType.F32);
    }

    private static void calledOften(Fault fault) {
        new RepeatChecks(with(fault)).sameBitsWhenCalledAThousandTimes();
    }

    @Test
    void oneThatThrowsInTheEnd() {
        assertThatThrownBy(() -> calledOften(Fault.THROWS_LATER)).hasMessage("the device is gone");
    }

    @Test
    void oneThatTurnsNumbersIntoNaN() {
        assertThatThrownBy(() -> calledOften(Fault.TURNS_INTO_NAN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void oneThatHangs() {
        assertThatThrownBy(() -> new SessionChecks(with(Fault.HANGS), 2).stopsWhenCancelled())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not back");
    }

    @Test
    void oneThatDoesNotLookAtItsToken() {
        assertThatThrownBy(
                        () ->
                                new SessionChecks(with(Fault.IGNORES_CANCELLATION), 2)
                                        .stopsWhenCancelled())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not back");
    }

    @Test
    void oneThatLiesAboutItsMemory() {
        assertThatThrownBy(() -> new SessionChecks(with(Fault.COUNTS_NOTHING)).keepsToItsBudget())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("counted as 0");
    }

    @Test
    void oneThatLeavesAThread() {
        var under = new BackendUnderTest(new Lingering(), ElementType.F32);
        assertThatThrownBy(() -> new RepeatChecks(under).sameBitsWhenItComesAgain())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lingering");
    }

    @Test
    void oneThatLeavesAnIdleThread() {
        var under = new BackendUnderTest(new Pooling(), ElementType.F32);
        assertThatThrownBy(() -> new RepeatChecks(under).sameBitsWhenItComesAgain())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("idle");
    }
}
