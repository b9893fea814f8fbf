package org.kernfield.splat.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.scene.Splats;

import java.util.List;

class DecimationTest {
    private static Splats decimated(Splats splats, int count) {
        return new Decimation(count, Workers.SERIAL, CancelToken.NONE).apply(splats);
    }

    /** Two balls of deviation s at ±d on x: mean 0, variance s² + d² along x and s² across. */
    @Test
    void twoBecomeTheOneWithTheirMoments() {
        Splats two = Splats.allocate(2, 1);
        double s = 0.1;
        double d = 0.2;
        two.means()[0] = (float) d;
        two.means()[3] = (float) -d;
        for (int k = 0; k < 6; k++) {
            two.logScales()[k] = (float) Math.log(s);
        }
        two.rotations()[0] = two.rotations()[4] = 1;
        two.opacities()[0] = two.opacities()[1] = -3;
        two.sh()[3] = 0.4f;
        two.sh()[15] = 0.2f;
        Splats one = decimated(two, 1);
        assertThat(one.count()).isEqualTo(1);
        assertThat((double) one.means()[0]).isCloseTo(0, within(1e-7));
        assertThat((double) one.sh()[3]).isCloseTo(0.3, within(1e-6));
        double[] scales = new double[3];
        for (int c = 0; c < 3; c++) {
            scales[c] = Math.exp(one.logScales()[c]);
        }
        java.util.Arrays.sort(scales);
        assertThat(scales[0]).isCloseTo(s, within(1e-6));
        assertThat(scales[2]).isCloseTo(Math.sqrt(s * s + d * d), within(1e-6));
        // opacity times section of both, spread over the larger one
        double section = (scales[0] * scales[1] + 2 * scales[0] * scales[2]) / 3;
        double expected = 2 * s * s / (1 + Math.exp(3)) / section;
        assertThat(1 / (1 + Math.exp(-one.opacities()[0]))).isCloseTo(expected, within(1e-6));
    }

    @Test
    void twinsBecomeOneOfThem() {
        Splats splats = RandomSplats.of(300, 2, 8);
        Splats twice = Merge.of(List.of(splats, splats));
        Splats once = decimated(twice, 300);
        assertThat(once.count()).isEqualTo(300);
        for (int k = 0; k < 300; k++) {
            assertThat(once.means()[3 * k]).isCloseTo(splats.means()[3 * k], within(1e-6f));
            double alpha = 1 / (1 + Math.exp(-splats.opacities()[k]));
            assertThat(1 / (1 + Math.exp(-once.opacities()[k])))
                    .isCloseTo(alpha * (2 - alpha), within(1e-5));
            for (int c = 0; c < 27; c++) {
                assertThat(once.sh()[27 * k + c]).isCloseTo(splats.sh()[27 * k + c], within(1e-6f));
            }
        }
    }

    @Test
    void reachesTheCountAndKeepsTheCentreOfMass() {
        Splats splats = RandomSplats.of(4000, 0, 9);
        Splats fewer = decimated(splats, 500);
        assertThat(fewer.count()).isEqualTo(500);
        assertThat(centre(fewer)).isCloseTo(centre(splats), within(0.02));
        assertThat(decimated(splats, 500).means()).isEqualTo(fewer.means());
        assertThat(decimated(splats, 5000)).isSameAs(splats);
    }

    private static double centre(Splats splats) {
        var moments = new Moments(splats);
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < splats.count(); k++) {
            sum += moments.weight(k) * splats.means()[3 * k];
            weights += moments.weight(k);
        }
        return sum / weights;
    }

    @Test
    void anOpaqueSplatStaysOpaque() {
        Splats two = RandomSplats.of(2, 0, 10);
        two.opacities()[0] = Float.POSITIVE_INFINITY;
        two.means()[3] = two.means()[0];
        two.means()[4] = two.means()[1];
        two.means()[5] = two.means()[2];
        assertThat(decimated(two, 1).opacities()[0]).isNotNaN();
    }

    /** A round looks at all splats about ten times, and there are eight. */
    @Test
    void manyAtOnePlaceTakeNoMoreRoundsThanOthers() {
        Splats splats = RandomSplats.of(2000, 0, 12);
        java.util.Arrays.fill(splats.means(), 3 * 100, 3 * 2000, 0.5f);
        var looks = new java.util.concurrent.atomic.AtomicInteger();
        Workers counting =
                new Workers() {
                    @Override
                    public int count() {
                        return 1;
                    }

                    @Override
                    public void forEach(int parts, java.util.function.IntConsumer part) {
                        looks.incrementAndGet();
                        Workers.SERIAL.forEach(parts, part);
                    }
                };
        Splats fewer = new Decimation(200, counting, CancelToken.NONE).apply(splats);
        assertThat(fewer.count()).isEqualTo(200);
        assertThat(looks.get()).isLessThan(200);
        // those at the one place came first
        assertThat(elsewhere(fewer)).isGreaterThan(80);
    }

    private static long elsewhere(Splats splats) {
        return java.util.stream.IntStream.range(0, splats.count())
                .filter(k -> Math.abs(splats.means()[3 * k] - 0.5f) > 1e-6)
                .count();
    }

    @Test
    void scalesAreLimitedAsInPictures() {
        Splats two = RandomSplats.of(2, 0, 13);
        java.util.Arrays.fill(two.logScales(), 0, 3, 400);
        two.logScales()[4] = Float.NEGATIVE_INFINITY;
        two.logScales()[5] = Float.POSITIVE_INFINITY;
        Splats one = decimated(two, 1);
        for (float log : one.logScales()) {
            assertThat(log).isBetween(-50f, 28f);
        }
        assertThat(one.opacities()[0]).isNotNaN();
        for (float q : one.rotations()) {
            assertThat(q).isFinite();
        }
    }

    @Test
    void namesWhatCannotBeMerged() {
        Splats splats = RandomSplats.of(10, 0, 11);
        splats.means()[13] = Float.NaN;
        assertThatThrownBy(() -> decimated(splats, 5))
                .hasMessageContaining("splat 4: its mean is not finite");
    }
}
