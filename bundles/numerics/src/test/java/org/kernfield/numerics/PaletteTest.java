package org.kernfield.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaletteTest {
    /** Two bunches of pairs; (0, 0) weighs three times as much as (1, 0). */
    private static final float[] ROWS = {0, 0, 10, 2, 1, 0, 10, 4};

    @Test
    void entriesAreWeightedMeansOfTheirRows() {
        var palette = new Palette(ROWS, 2, new float[] {3, 1, 1, 1}, 2);
        int[] labels = palette.labels();
        assertThat(labels[0]).isEqualTo(labels[2]).isNotEqualTo(labels[1]);
        assertThat(labels[1]).isEqualTo(labels[3]);
        float[] entries = palette.entries();
        assertThat(entries[2 * labels[0]]).isEqualTo(0.25f);
        assertThat(entries[2 * labels[1]]).isEqualTo(10);
        assertThat(entries[2 * labels[1] + 1]).isEqualTo(3);
    }

    /** Of two sets that are as wide the heavier one is cut. */
    @Test
    void weightSaysWhatIsToldApart() {
        var first = new Palette(ROWS, 2, new float[] {100, 1, 100, 1}, 3).labels();
        assertThat(first[0]).isNotEqualTo(first[2]);
        assertThat(first[1]).isEqualTo(first[3]);
        var second = new Palette(ROWS, 2, new float[] {1, 100, 1, 100}, 3).labels();
        assertThat(second[0]).isEqualTo(second[2]);
        assertThat(second[1]).isNotEqualTo(second[3]);
    }

    @Test
    void hasNoMoreEntriesThanDifferentRows() {
        assertThat(Palette.of(new float[] {1, 2, 1, 1}, 1, 9).entries())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void refusesWeightsThatAreMissing() {
        assertThatThrownBy(() -> new Palette(ROWS, 2, new float[3], 2))
                .hasMessageContaining("2 entries of 3 weights for 8 numbers");
    }
}
