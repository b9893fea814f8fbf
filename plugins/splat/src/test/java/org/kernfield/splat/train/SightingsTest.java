package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Report;
import org.kernfield.scene.View;

import java.util.List;

/** What is said of splats that cameras hardly see. */
class SightingsTest {
    private static final View FRONT = SyntheticScene.view(0, 4, 32);
    private static final View SIDE = SyntheticScene.view(1, 4, 32);
    private static final View BACK = SyntheticScene.view(2, 4, 32);

    /** The second lies far behind the first camera. */
    private static final float[] MEANS = {0, 0, 0, 0, 0, -50};

    @Test
    void saysThatCamerasLookElsewhere() {
        float[] behind = {0, 0, -50, 0, 1, -60};
        Report report = Sightings.of(behind, List.of(FRONT));
        assertThat(report.lines()).hasSize(1);
        assertThat(report.lines().getFirst())
                .startsWith("no splat is seen by any of the 1 cameras;");
        assertThat(report.figures()).containsEntry("unseenShare", 1.0);
    }

    @Test
    void saysThatFewPicturesSeeMost() {
        Report report = Sightings.of(new float[3], List.of(FRONT));
        assertThat(report.lines()).hasSize(1);
        assertThat(report.lines().getFirst())
                .startsWith("100 % of the splats are seen by fewer than 3 of the 1 pictures:");
        assertThat(report.figures()).containsEntry("unseenShare", 0.0);
    }

    @Test
    void saysNothingWherePicturesSeeWell() {
        Report report = Sightings.of(MEANS, List.of(FRONT, SIDE, BACK));
        assertThat(report.lines()).isEmpty();
        assertThat(report.figures()).containsEntry("seldomSeenShare", 0.5);
    }
}
