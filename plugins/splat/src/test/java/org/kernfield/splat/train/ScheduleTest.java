package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The course of trainings of different lengths. */
class ScheduleTest {
    @Test
    void seesMoreAndMoreDetailAndEndsWithAll() {
        for (double steps : new double[] {1, 300, 2_000, 30_000}) {
            int before = 2;
            for (int k = 0; k <= 100; k++) {
                int halvings = new Schedule(k / 100.0, steps).halvings();
                assertThat(halvings).isBetween(0, before);
                before = halvings;
            }
            assertThat(before).isZero();
        }
    }

    @Test
    void leavesLongTrainingsMoreStepsAtFullSize() {
        assertThat(new Schedule(0.7, 2_000).halvings()).isEqualTo(1);
        assertThat(new Schedule(0.7, 30_000).halvings()).isZero();
    }

    @Test
    void neverHasFewerSplatsThanPointsUnlessThatIsTheCap() {
        assertThat(new Schedule(0, 300).most(5_000, 10_000)).isEqualTo(5_000);
        assertThat(new Schedule(0, 4_500).most(5_000, 10_000)).isEqualTo(7_500);
        assertThat(new Schedule(0, 30_000).most(5_000, 10_000)).isEqualTo(10_000);
        assertThat(new Schedule(0, 300).most(5_000, 3_000)).isEqualTo(3_000);
    }

    @Test
    void leavesAllTheRoomThereIsToRandomPoints() {
        assertThat(new Schedule(0, 300).most(0, 10_000)).isEqualTo(10_000);
    }
}
