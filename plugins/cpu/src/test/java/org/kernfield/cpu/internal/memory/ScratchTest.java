package org.kernfield.cpu.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Budget;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.kernel.Precision;

/** What is refused is not counted. */
class ScratchTest {
    /** Elements of the longest array; of double they take 17 GB. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    private final Budget budget = Budget.unlimited();

    @Test
    void countsNothingThatTheMachineDoesNotHave() {
        var scratch = new Scratch(budget);
        scratch.longs("order", 1000);
        long before = budget.used();
        assumeTrue(
                Runtime.getRuntime().maxMemory() < MOST * Long.BYTES, "a heap that is too small");
        assertThatThrownBy(() -> scratch.longs("order", MOST)).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> scratch.numbers(Precision.F64, "sums", MOST))
                .isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> new PlanarBuffer(ElementType.F64, MOST - 200, 1, budget, () -> {}))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(budget.used()).isEqualTo(before);
        scratch.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void saysWhatDoesNotFitIntoOneArray() {
        var scratch = new Scratch(budget);
        assertThatThrownBy(() -> scratch.ints("order", MOST + 1))
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessageContaining("2147483640 numbers")
                .hasMessageContaining("use fewer");
        assertThat(budget.used()).isZero();
    }
}
