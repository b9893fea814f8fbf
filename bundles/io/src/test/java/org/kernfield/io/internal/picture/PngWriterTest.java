package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kernfield.field.Image;
import org.kernfield.format.FormatException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.ImageIO;

class PngWriterTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 3", "1, 400, 3", "64, 3, 1", "301, 203, 3"})
    void writesWhatImageIoReads(int width, int height, int channels) throws IOException {
        var random = new Random(width);
        var values = new float[width * height * channels];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (Math.sin(k * 0.01) * 0.6 + 0.5 + random.nextGaussian() * 0.05);
        }
        Path file = directory.resolve("a.png");
        PngWriter.write(new Image(width, height, channels, values), file);
        var raster = ImageIO.read(file.toFile()).getRaster();
        assertThat(raster.getNumBands()).isEqualTo(channels);
        for (int k = 0; k < values.length; k++) {
            int pixel = k / channels;
            int expected = Math.round(Math.clamp(values[k], 0, 1) * 255);
            assertThat(raster.getSample(pixel % width, pixel / width, k % channels))
                    .isEqualTo(expected);
        }
    }

    @Test
    void writesTheSameBytesForTheSamePicture() throws IOException {
        var picture = new Image(3, 1, 1, new float[] {0, 0.5f, 1});
        PngWriter.write(picture, directory.resolve("a.png"));
        PngWriter.write(picture, directory.resolve("b.png"));
        assertThat(directory.resolve("a.png")).hasSameBinaryContentAs(directory.resolve("b.png"));
    }

    @Test
    void refusesOtherChannelsAndLeavesNothing() throws IOException {
        Path file = directory.resolve("a.png");
        assertThatThrownBy(() -> PngWriter.write(new Image(1, 1, 2, new float[2]), file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": a picture of 2 channels");
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
