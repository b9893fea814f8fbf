package org.kernfield.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RotationTest {
    /** A third of a turn about (1, 1, 1) takes x to y, y to z and z to x. */
    @Test
    void turnsByTheRightHandRuleWhateverTheLength() {
        double[] cyclic = {0, 0, 1, 1, 0, 0, 0, 1, 0};
        assertThat(Rotation.matrix(1, 1, 1, 1)).containsExactly(cyclic, within(1e-15));
        assertThat(Rotation.matrix(-3, -3, -3, -3)).containsExactly(cyclic, within(1e-15));
    }

    @Test
    void nothingTurnsWithoutADirection() {
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        assertThat(Rotation.matrix(0, 0, 0, 0)).containsExactly(identity, within(0.0));
        assertThat(Rotation.matrix(1e200, 1, 0, 0)).containsExactly(identity, within(0.0));
    }
}
