package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the silence of others tells nothing of them. */
class LookTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void oneThatComesSecondsAfterItsPeriodIsLate() {
        assertThat(Look.isLate(System.nanoTime() - Look.PERIOD.toNanos() - 3 * SECOND)).isTrue();
    }

    @Test
    void oneThatComesBeforeItsPeriodIsOverIsNot() {
        assertThat(Look.isLate(System.nanoTime() + SECOND)).isFalse();
    }
}
