package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.splat.DensityStrategy.Watched;

/** Which splats a picture of 20 × 10 pixels counts as seen. */
class WatchTest {
    @Test
    void visitsThoseWhoseBoxesReachIntoThePicture() {
        float[] centres = {5, 5, -2, 5, -2, 5, 21, 5, 5, 12, 5, 12, 0, 0};
        float[] extents = {1, 1, 3, 1, 2, 1, 1, 1, 1, 3, 1, 2, -1, -1};
        var pulls = new float[centres.length];
        java.util.Arrays.fill(pulls, 0.1f);
        var watch = new Watch(7);
        watch.add(pulls, centres, extents, 20, 10);
        watch.add(pulls, centres, extents, 20, 10);
        Watched seen = watch.seen();
        assertThat(seen.visits()).containsExactly(2, 2, 0, 0, 2, 0, 0);
        float each = (float) Math.hypot(0.1 * 10, 0.1 * 5);
        assertThat(seen.gradients())
                .containsExactly(
                        new float[] {2 * each, 2 * each, 0, 0, 2 * each, 0, 0}, within(1e-6f));
    }
}
