package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Array;
import org.kernfield.field.Image;
import org.kernfield.scene.Splats;

import java.util.Map;

class PropertySceneTest {
    private static Splats splats(float... values) {
        return Splats.allocate(values.length, 1).with(Map.of("time", values));
    }

    /** Bounds are black and white: 0.5 + c·SH_0 is 0, 0.25 and 1. */
    @Test
    void boundsBecomeBlackAndWhite() {
        var scene = PropertyScene.of(splats(-2, 0, 6), "time");
        assertThat(scene.splats().degree()).isZero();
        double[] expected = {0, 0.25, 1};
        for (int k = 0; k < 9; k++) {
            assertThat(0.5 + Splats.SH_0 * scene.splats().sh()[k])
                    .isCloseTo(expected[k / 3], within(1e-6));
        }
    }

    /**
     * Half of the light from a splat of value 6, an eighth from one of 0 behind it, then nothing.
     */
    @Test
    void pixelsHaveTheMeanOfWhatIsSeen() {
        var scene = PropertyScene.of(splats(-2, 0, 6), "time");
        float seen = 0.5f + 0.125f * 0.25f;
        var colours = new Image(2, 1, 3, new float[] {seen, seen, seen, 0, 0, 0});
        Image values = scene.values(colours, new Image(2, 1, 1, new float[] {0.625f, 0}));
        assertThat(values.values()[0]).isCloseTo((0.5f * 6 + 0.125f * 0) / 0.625f, within(1e-5f));
        assertThat(values.values()[1]).isNaN();
    }

    @Test
    void aPropertyOfOneValueIsThatValue() {
        var scene = PropertyScene.of(splats(3, 3), "time");
        var one = new Image(1, 1, 1, new float[] {0.5f});
        assertThat(scene.values(new Image(1, 1, 3, new float[3]), one).values()).containsExactly(3);
    }

    @Test
    void picturesRunFromTheLeastSeenToTheGreatest() {
        var seen = new Image(4, 1, 1, new float[] {2, Float.NaN, 4, 6});
        Shown shown = Shown.ofProperty(seen, "a.png");
        assertThat(((Image) shown.content()).values()).containsExactly(0, 0, 0.5f, 1);
        assertThat(shown.facts()).containsEntry("least", 2.0).containsEntry("most", 6.0);
        assertThat(shown.remark()).isEqualTo(", black at 2.000, white at 6.000");
        var numbers = (Array) Shown.ofProperty(seen, "a.npy").content();
        assertThat(numbers.toFloats()).containsExactly(2, Float.NaN, 4, 6);
    }

    @Test
    void refusesWhatIsNotThereOrNoNumber() {
        assertThatThrownBy(() -> PropertyScene.of(splats(1), "label"))
                .hasMessage(
                        "--channel label: the file has no such property; use colour, alpha, depth,"
                                + " normal, time");
        assertThatThrownBy(() -> PropertyScene.of(splats(1, Float.NaN), "time"))
                .hasMessageContaining("splat 1 has the value NaN");
    }
}
