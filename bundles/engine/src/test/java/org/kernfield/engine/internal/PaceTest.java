package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void tellsTheTimeLeftOfWhatTakesAsLongAsItMay() {
        var pace = new Pace(null, 3600.0, false);
        assertThat(pace.secondsLeft()).isCloseTo(3600, within(1e-9));
    }

    /** A fit that ends by itself may take an hour, and mostly takes seconds. */
    @Test
    void tellsNoTimeLeftByAMereCeiling() {
        var pace = new Pace(null, 3600.0, true);
        assertThat(pace.secondsLeft()).isNaN();
        assertThat(pace.isOver()).isFalse();
    }

    @Test
    void showsWhatTheFitSaysWhereOnlyACeilingIsSet() {
        var pace = new Pace(null, 3600.0, true);
        pace.spent(36);
        assertThat(pace.shown()).isEqualTo(0.01);
        pace.estimate(0.4);
        assertThat(pace.shown()).isEqualTo(0.4);
        assertThat(pace.progress()).isEqualTo(0.01);
        var bounded = new Pace(null, 3600.0, false);
        bounded.spent(36);
        bounded.estimate(0.4);
        assertThat(bounded.shown()).isEqualTo(0.01);
    }

    @Test
    void endsAtItsCeiling() {
        var pace = new Pace(null, 3600.0, true);
        pace.spent(3601);
        assertThat(pace.isOver()).isTrue();
    }
}
