package org.kernfield.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageTest {
    @Test
    void eightBitRoundsToTheNearestStepAndClips() {
        var image = new Image(5, 1, 1, new float[] {-1, 0.5f, 2, 0.4999f / 255, 0.5001f / 255});
        assertThat(image.eightBit().values()).containsExactly(0, 128 / 255f, 1, 0, 1 / 255f);
    }

    @Test
    void clippingLeavesTheFirstAsItWas() {
        var values = new float[] {-1, 2};
        new Image(2, 1, 1, values).clipped();
        assertThat(values).containsExactly(-1, 2);
    }

    @Test
    void rowsRunFromTheTopLeft() {
        var image = new Image(2, 2, 1, new float[] {1, 2, 3, 4});
        assertThat(image.get(1, 0, 0)).isEqualTo(2);
        assertThat(image.get(0, 1, 0)).isEqualTo(3);
    }

    @Test
    void refusesValuesThatDoNotFillIt() {
        assertThatThrownBy(() -> new Image(2, 2, 3, new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 12");
    }
}
