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
    void endsAtItsCeiling() {
        var pace = new Pace(null, 3600.0, true);
        pace.spent(3601);
        assertThat(pace.isOver()).isTrue();
    }
}
