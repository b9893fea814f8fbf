package org.kernfield.cpu.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Budget;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

class ExecutionTest {
    private static final int BLOCK = 1 << 16;

    private static Execution execution(CancelToken cancel) {
        return new Execution(new Resources(Workers.SERIAL, Budget.unlimited(), cancel));
    }

    @Test
    void takesAllItemsInTurn() {
        var items = new ArrayList<Integer>();
        execution(CancelToken.NONE)
                .inTurn(
                        2 * BLOCK + 7,
                        (from, to) -> {
                            items.add(from);
                            items.add(to);
                        });
        assertThat(items).containsExactly(0, BLOCK, BLOCK, 2 * BLOCK, 2 * BLOCK, 2 * BLOCK + 7);
    }

    @Test
    void looksAtItsTokenBetweenItems() {
        var looks = new AtomicInteger();
        var taken = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                execution(() -> looks.incrementAndGet() == 3)
                                        .inTurn(1 << 30, (from, to) -> taken.addAndGet(to - from)))
                .isInstanceOf(CancellationException.class);
        assertThat(taken).hasValue(2 * BLOCK);
    }

    @Test
    void findsTheExtremesOfAllItems() {
        var numbers = new float[3 * BLOCK];
        numbers[5] = -3;
        numbers[2 * BLOCK] = 4;
        var execution = execution(CancelToken.NONE);
        assertThat(execution.extremes(numbers, 0, numbers.length)).containsExactly(-3, 4);
        assertThat(execution.extremes(numbers, 6, numbers.length - 6)).containsExactly(0, 4);
        numbers[BLOCK] = Float.NaN;
        assertThat(execution.extremes(numbers, 0, numbers.length)).containsOnly(Double.NaN);
    }
}
