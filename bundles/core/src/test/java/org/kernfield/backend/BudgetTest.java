package org.kernfield.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class BudgetTest {
    @Test
    void refusesBeyondTheLimitWithAllFiguresAndTakesNothing() {
        var budget = new Budget(100_000_000);
        budget.take(70_000_000, "picture");
        assertThatThrownBy(() -> budget.take(30_000_001, "gradient"))
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessageContaining("gradient")
                .hasMessageContaining("31 MB")
                .hasMessageContaining("70 MB of 100 MB");
        assertThat(budget.used()).isEqualTo(70_000_000);
    }

    @Test
    void givesBackWhatIsReleased() {
        var budget = new Budget(10);
        budget.take(10, "all");
        budget.release(4);
        budget.take(4, "again");
        assertThat(budget.used()).isEqualTo(10);
    }

    @Test
    void hugeRequestsDoNotWrapAround() {
        var budget = new Budget(10);
        budget.take(5, "some");
        assertThatThrownBy(() -> budget.take(Long.MAX_VALUE, "everything"))
                .isInstanceOf(OutOfBudgetException.class);
    }

    @Test
    void aShareIsLimitedByItselfAndByTheWhole() {
        var whole = new Budget(100);
        Budget one = whole.share(60);
        Budget other = whole.share(Long.MAX_VALUE);
        one.take(50, "one");
        assertThat(whole.used()).isEqualTo(50);
        assertThat(one.left()).isEqualTo(10);
        assertThat(other.left()).isEqualTo(50);
        assertThatThrownBy(() -> one.take(11, "more"))
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessageContaining("the job's memory");
        assertThat(one.wanted()).isZero();

        other.take(20, "some");
        assertThatThrownBy(() -> other.take(31, "too much"))
                .isInstanceOf(OutOfBudgetException.class)
                .hasMessageContaining("-Xmx");
        assertThat(other.used()).isEqualTo(20);
        assertThat(other.wanted()).isEqualTo(51);
        assertThat(whole.used()).isEqualTo(70);
        one.release(50);
        other.take(31, "now");
        assertThat(whole.used()).isEqualTo(51);
    }

    @Test
    void countsRightlyFromManyThreads() {
        var budget = new Budget(1_000_000);
        IntStream.range(0, 10_000)
                .parallel()
                .forEach(
                        n -> {
                            budget.take(7, "part");
                            budget.release(6);
                        });
        assertThat(budget.used()).isEqualTo(10_000);
    }
}
