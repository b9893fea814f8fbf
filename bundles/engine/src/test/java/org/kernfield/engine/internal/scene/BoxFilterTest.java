package org.kernfield.engine.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Image;

class BoxFilterTest {
    private static final float EXACT = 1e-6f;

    @Test
    void takesTheMeanOfWholePixels() {
        var image = new Image(4, 2, 1, new float[] {1, 3, 0, 8, 5, 7, 4, 4});
        assertThat(BoxFilter.scaled(image, 2, 1).values())
                .containsExactly(new float[] {4, 4}, within(EXACT));
    }

    @Test
    void weighsPixelsByTheAreaThatIsCovered() {
        // 3 pixels to 2: each takes one whole pixel and half of the middle one
        var image = new Image(3, 1, 1, new float[] {0, 3, 9});
        assertThat(BoxFilter.scaled(image, 2, 1).values())
                .containsExactly(new float[] {1, 7}, within(EXACT));
    }

    @Test
    void interpolatesBetweenPixelCentresWhereItEnlarges() {
        // 2 pixels to 4: centres at 0.25, 0.75, 1.25, 1.75 of places 0.5 and 1.5
        var image = new Image(2, 1, 1, new float[] {0, 4});
        assertThat(BoxFilter.scaled(image, 4, 1).values())
                .containsExactly(new float[] {0, 1, 3, 4}, within(EXACT));
    }

    @Test
    void leavesAPictureOfItsOwnSizeAlone() {
        var image = new Image(2, 1, 3, new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f});
        assertThat(BoxFilter.scaled(image, 2, 1)).isSameAs(image);
    }
}
