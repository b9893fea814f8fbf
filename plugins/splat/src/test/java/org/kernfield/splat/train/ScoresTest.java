package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Workers;
import org.kernfield.field.Image;

import java.util.List;

/** Held-out pictures are scored where they count. */
class ScoresTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final int SIDE = 32;

    private static Image grey(double left, double right) {
        var values = new float[SIDE * SIDE * 3];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (k / 3 % SIDE < SIDE / 2 ? left : right);
        }
        return new Image(SIDE, SIDE, 3, values);
    }

    private static float[] leftHalf() {
        var mask = new float[SIDE * SIDE];
        for (int k = 0; k < mask.length; k++) {
            mask[k] = k % SIDE < SIDE / 2 ? 1 : 0;
        }
        return mask;
    }

    @Test
    void whatAMaskLeavesOutIsNotCompared() {
        // 51 and 102 of 255 on the left, the right is altogether wrong
        Image truth = grey(0.2, 1);
        Image rendered = grey(0.4, 0);
        var half = Scores.of(rendered, truth, leftHalf(), Workers.SERIAL);
        var whole = Scores.of(rendered, truth, null, Workers.SERIAL);

        assertThat(half.psnr()).isCloseTo(-20 * Math.log10(0.2), within(1e-4));
        assertThat(whole.psnr()).isCloseTo(-10 * Math.log10((0.04 + 1) / 2), within(1e-4));
        assertThat(half.loss()).isCloseTo(0.8 * 0.2 + 0.2 * (1 - half.ssim()), within(1e-6));
        assertThat(half.ssim()).isGreaterThan(whole.ssim());
    }

    @Test
    void exposureGoesByWhatCounts() {
        Image truth = grey(0.4, 0.9);
        Image rendered = grey(0.2, 0.9);
        Image exposed = AffineExposure.between(rendered, truth, leftHalf()).of(rendered);

        assertThat(exposed.values()[0]).isCloseTo(0.4f, within(1e-2f));
    }

    @Test
    void aMaskMayLeaveNothing() {
        assertThat(Scores.counts(null)).isTrue();
        assertThat(Scores.counts(leftHalf())).isTrue();
        assertThat(Scores.counts(new float[9])).isFalse();
    }

    @Test
    void oneExactPictureDoesNotHideTheOthers() {
        Scores mean =
                Scores.mean(
                        List.of(
                                new Scores(30, 0.8, 0.03),
                                new Scores(INFINITE, 1, 0),
                                new Scores(20, 0.6, 0.06)));
        assertThat(mean.psnr()).isEqualTo(25);
        assertThat(mean.ssim()).isCloseTo(0.8, within(1e-12));
        assertThat(mean.loss()).isCloseTo(0.03, within(1e-12));
    }

    @Test
    void exactPicturesAloneAreExactAndNoneAreUnknown() {
        var exact = new Scores(INFINITE, 1, 0);
        assertThat(Scores.mean(List.of(exact, exact)).psnr()).isEqualTo(INFINITE);
        assertThat(Scores.mean(List.of()).psnr()).isNaN();
        assertThat(Scores.mean(List.of()).loss()).isNaN();
        assertThat(Scores.mean(List.of(exact, new Scores(Double.NaN, 0, 1))).psnr()).isNaN();
    }
}
