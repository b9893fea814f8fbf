package org.kernfield.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class ScoresTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

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
