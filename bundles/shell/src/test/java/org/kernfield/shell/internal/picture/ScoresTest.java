package org.kernfield.shell.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.backend.Workers;
import org.kernfield.field.Image;

class ScoresTest {
    @Test
    void callsEqualPictures999() {
        var image = new Image(4, 4, 1, new float[16]);
        assertThat(Scores.of(image, image, Workers.SERIAL)).containsEntry("psnr", 999.0);
    }

    @Test
    void knowsNoSsimBelowElevenPixelsASide() {
        var image = new Image(10, 40, 1, new float[400]);
        assertThat(Scores.of(image, image, Workers.SERIAL)).containsEntry("ssim", null);
    }

    @Test
    void scoresADifferenceOfATenthAs20Decibels() {
        var a = new Image(1, 1, 1, new float[] {0.5f});
        var b = new Image(1, 1, 1, new float[] {0.6f});
        assertThat(Scores.of(a, b, Workers.SERIAL).get("psnr")).isCloseTo(20, within(1e-4));
    }
}
