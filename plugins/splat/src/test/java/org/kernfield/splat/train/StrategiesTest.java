package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.scene.Splats;
import org.kernfield.splat.DensityStrategy.Refined;
import org.kernfield.splat.DensityStrategy.Stage;
import org.kernfield.splat.DensityStrategy.Watched;

import java.util.Arrays;

/** What strategies make of splats whose numbers are known. */
class StrategiesTest {
    private static Splats splats(double... opacities) {
        Splats splats = Splats.allocate(opacities.length, 0);
        for (int k = 0; k < opacities.length; k++) {
            splats.opacities()[k] = (float) Math.log(opacities[k] / (1 - opacities[k]));
            splats.means()[3 * k] = k;
            splats.rotations()[4 * k] = 1;
        }
        return splats;
    }

    private static Stage stage(int cap) {
        return new Stage(100, 1000, 10, 20, 7, 1, cap, false);
    }

    private static Watched watched(float... gradients) {
        var visits = new float[gradients.length];
        Arrays.fill(visits, 2);
        return new Watched(gradients, visits);
    }

    private static double opacity(Splats splats, int k) {
        return Logistic.of(splats.opacities()[k]);
    }

    @Test
    void movesTheDeadToWhereTheLivingAre() {
        Splats before = splats(0.8, 0.001);
        Refined after =
                new McmcStrategy()
                        .refine(before, watched(0, 0), new Stage(1, 9, 1, 0, 7, 1, 2, false));
        assertThat(after.splats().count()).isEqualTo(2);
        assertThat(after.splats().means()).startsWith(0, 0, 0, 0);
        // two of opacity 1 − √0.2 look like one of 0.8
        assertThat(opacity(after.splats(), 0)).isCloseTo(1 - Math.sqrt(0.2), within(1e-5));
        assertThat(opacity(after.splats(), 1)).isCloseTo(1 - Math.sqrt(0.2), within(1e-5));
        assertThat(after.origin()).containsExactly(-1, -1);
        assertThat(opacity(before, 0)).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void growsNoFurtherThanTheCap() {
        var opacities = new double[100];
        Arrays.fill(opacities, 0.5);
        Splats before = splats(opacities);
        var mcmc = new McmcStrategy();
        assertThat(mcmc.refine(before, watched(new float[100]), stage(103)).splats().count())
                .isEqualTo(103);
        assertThat(mcmc.refine(before, watched(new float[100]), stage(100)).origin())
                .containsExactly(java.util.stream.IntStream.range(0, 100).toArray());
    }

    @Test
    void clonesSmallOnesAndSplitsLargeOnesThatArePulled() {
        Splats before = splats(0.5, 0.5, 0.5);
        Arrays.fill(before.logScales(), 0, 3, (float) Math.log(0.005));
        Arrays.fill(before.logScales(), 3, 6, (float) Math.log(0.05));
        Arrays.fill(before.logScales(), 6, 9, (float) Math.log(0.05));
        Refined after =
                new DefaultStrategy().refine(before, watched(1e-3f, 1e-3f, 1e-4f), stage(10));
        assertThat(after.origin()).containsExactly(0, -1, -1, -1, 2);
        float[] scales = after.splats().logScales();
        assertThat(Math.exp(scales[3])).isCloseTo(0.005, within(1e-6));
        assertThat(Math.exp(scales[6])).isCloseTo(0.05 / 1.6, within(1e-6));
        assertThat(Math.exp(scales[9])).isCloseTo(0.05 / 1.6, within(1e-6));
        assertThat(after.splats().means()[6]).isNotEqualTo(after.splats().means()[9]);
        assertThat(after.splats().means()[6]).isCloseTo(1f, within(0.3f));
    }

    @Test
    void removesWhatHasFaded() {
        Refined after = new DefaultStrategy().refine(splats(0.5, 0.004), watched(0, 0), stage(10));
        assertThat(after.origin()).containsExactly(0);
    }

    @Test
    void doublesNoMoreThanTheCapAllows() {
        Splats before = splats(0.5, 0.5, 0.5);
        Refined after = new DefaultStrategy().refine(before, watched(1, 1, 1), stage(4));
        assertThat(after.splats().count()).isEqualTo(4);
    }

    @Test
    void doublesThoseThatArePulledMostWhereRoomIsShort() {
        Splats before = splats(0.5, 0.5, 0.5, 0.5);
        Arrays.fill(before.logScales(), (float) Math.log(0.005));
        Refined after = new DefaultStrategy().refine(before, watched(1, 2, 3, 2), stage(6));
        assertThat(after.origin()).containsExactly(0, 1, -1, 2, -1, 3);
        assertThat(after.splats().means()[3 * 4]).isEqualTo(2);
    }

    @Test
    void roomIsWhatIsLeftOnceTheFadedAreGone() {
        Splats before = splats(0.004, 0.5, 0.5);
        Arrays.fill(before.logScales(), (float) Math.log(0.005));
        Refined after = new DefaultStrategy().refine(before, watched(0, 1, 0), stage(3));
        assertThat(after.origin()).containsExactly(1, -1, 2);
    }

    /** A large third scale neither splits nor moves what is flat, nor removes it. */
    @Test
    void thirdScalesOfFlatOnesSayNothing() {
        Splats before = splats(0.5, 0.5);
        float large = (float) Math.log(0.5);
        float small = (float) Math.log(0.005);
        System.arraycopy(
                new float[] {small, small, large, large, large, large},
                0,
                before.logScales(),
                0,
                6);
        var flat = new Stage(4000, 9000, 10, 20, 7, 1, 10, true);
        assertThat(new DefaultStrategy().refine(before, watched(1, 1), flat).origin())
                .containsExactly(0, -1);
        var early = new Stage(100, 9000, 10, 20, 7, 1, 10, true);
        Refined after = new DefaultStrategy().refine(before, watched(1, 1), early);
        assertThat(after.origin()).containsExactly(0, -1, -1, -1);
        assertThat(after.splats().means()[3 * 2]).isNotEqualTo(1);
        assertThat(after.splats().means()[3 * 2 + 2]).isZero();
    }
}
