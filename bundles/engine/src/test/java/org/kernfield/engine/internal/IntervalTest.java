package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A clock that is set by hand. */
class IntervalTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - SECOND;

    private Interval every(double first, double seconds) {
        return new Interval(first, seconds, () -> now);
    }

    private void assertDueAfter(double seconds, Interval interval) {
        now += (long) (seconds * SECOND) - 1;
        assertThat(interval.isDue()).isFalse();
        now++;
        assertThat(interval.isDue()).isTrue();
    }

    @Test
    void aQuickSnapshotIsDueEveryFiveSeconds() {
        var sync = every(5, 5);
        assertDueAfter(5, sync);
        sync.spend(() -> now += SECOND / 4);
        assertDueAfter(5, sync);
    }

    @Test
    void aSlowSnapshotTakesATwentiethOfTheTime() {
        var sync = every(5, 5);
        now += 5 * SECOND;
        sync.spend(() -> now += 2 * SECOND);
        assertDueAfter(40, sync);
        sync.spend(() -> now += SECOND / 10);
        assertDueAfter(5, sync);
    }

    @Test
    void theFirstCheckpointComesEarly() {
        var checkpoint = every(5, 30);
        assertDueAfter(5, checkpoint);
        checkpoint.spend(() -> now += SECOND);
        assertDueAfter(30, checkpoint);
    }
}
