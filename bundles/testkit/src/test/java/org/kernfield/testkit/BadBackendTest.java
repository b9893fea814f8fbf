package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
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

    private static AbstractThrowableAssert<?, ?> findsInItsBudget(Fault fault) {
        return assertThatThrownBy(() -> new SessionChecks(with(fault)).keepsToItsBudget())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void oneThatCountsNoMemory() {
        findsInItsBudget(Fault.COUNTS_NOTHING)
                .hasMessage("a buffer of 12000 bytes is counted as 0");
    }

    @Test
    void oneThatCountsHalfOfItsMemory() {
        findsInItsBudget(Fault.COUNTS_HALF)
                .hasMessage("a buffer of 12000 bytes is counted as 6000");
    }

    @Test
    void oneThatGivesItsMemoryBackLate() {
        findsInItsBudget(Fault.GIVES_BACK_LATE)
                .hasMessage("a buffer of 12000 bytes is not given back when it is closed");
    }

    @Test
    void oneThatLeaksItsMemory() {
        findsInItsBudget(Fault.LEAKS).hasMessageContaining("are not given back on closing");
    }

    @Test
    void oneThatLeavesAnObjectBehind() {
        var under = new BackendUnderTest(new Cached(), ElementType.F32);
        assertThatThrownBy(() -> new RepeatChecks(under).sameBitsWhenItComesAgain())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its class loader is held");
    }

    @AfterEach
    void letGo() {
        System.getProperties().remove(Cached.KEY);
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
