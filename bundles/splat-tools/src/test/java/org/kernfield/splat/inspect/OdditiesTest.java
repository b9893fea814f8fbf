package org.kernfield.splat.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.Merge;
import org.kernfield.splat.edit.RandomSplats;

import java.util.List;

class OdditiesTest {
    @Test
    void usualSplatsHaveNone() {
        assertThat(Oddities.of(RandomSplats.of(1000, 2, 1))).isEmpty();
        assertThat(Oddities.of(Splats.allocate(0, 0))).isEmpty();
    }

    @Test
    void tellsEachKindWithItsNumber() {
        Splats s = RandomSplats.of(1000, 1, 2);
        s.means()[0] = Float.NaN;
        s.means()[3] = Float.POSITIVE_INFINITY;
        s.sh()[12 * 2] = Float.NaN;
        s.rotations()[12] = Float.NEGATIVE_INFINITY;
        s.logScales()[12] = Float.NaN;
        s.opacities()[5] = Float.NaN;
        for (int c = 0; c < 4; c++) {
            s.rotations()[24 + c] = 0;
        }
        s.logScales()[21] = 69;
        s.opacities()[8] = Float.NEGATIVE_INFINITY;
        assertThat(Oddities.of(s))
                .containsExactly(
                        "2 splats with a position that is no number",
                        "1 splat with a colour that is no number",
                        "1 splat with a rotation that is no number",
                        "1 splat with a scale that is no number",
                        "1 splat with an opacity that is no number",
                        "1 splat with a rotation of length 0",
                        "1 splat more than ten times as large as the scene",
                        "1 splat too faint to be seen");
    }

    @Test
    void tellsStraysAndRepetitions() {
        Splats s = RandomSplats.of(1000, 1, 3);
        s.means()[1] = 1e5f;
        assertThat(Oddities.of(s)).containsExactly("1 splat very far from the others");
        Splats some = RandomSplats.of(20, 1, 4);
        Splats all = RandomSplats.of(500, 1, 4);
        assertThat(Oddities.of(Merge.of(List.of(all, all.select(new int[] {3, 4, 4})))))
                .containsExactly("3 splats that repeat another one");
        assertThat(Oddities.of(some)).isEmpty();
    }
}
