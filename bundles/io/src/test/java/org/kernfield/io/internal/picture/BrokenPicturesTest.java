package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.io.internal.Broken;

import java.io.IOException;
import java.nio.file.Path;

class BrokenPicturesTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "palette.png",
                "grey16.png",
                "rgb.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "rgb.tif",
                "tiff_lzw.tif",
                "rgb.bmp",
                "rgb.webp",
                "rgb.ppm"
            })
    void refusesTruncatedFile(String name) throws IOException {
        var broken = broken(name);
        for (int length = 1; length < broken.length(); length += 1 + broken.length() / 50) {
            assertThat(broken.refusesFirst(length)).as("first %d bytes", length).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "rgb.jpg", "cmyk.jpg", "progressive.jpg", "palette.gif"})
    void refusesLackOfTheLastByteButOne(String name) throws IOException {
        var broken = broken(name);
        assertThat(broken.refusesFirst(broken.length() - 2)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png", "palette.png", "alpha.png", "rgb.jpg", "progressive.jpg", "cmyk.jpg",
                "profile.jpg", "rgb.tif", "tiff_lzw.tif", "bilevel.tif", "jpeg.tif", "rgb.bmp",
                "palette.gif", "lossy.webp", "rgb.tga", "rgb.ppm"
            })
    void answersFlippedBitsWithSentences(String name) throws IOException {
        broken(name).flip(60, name.hashCode());
    }

    private Broken broken(String name) throws IOException {
        Path file = Fixture.file(name);
        return new Broken(Fixture.codec(file), file, directory);
    }
}
