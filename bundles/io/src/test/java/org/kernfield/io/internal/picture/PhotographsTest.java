package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

class PhotographsTest {
    private static final Path DATA = Path.of("../../../shared/data/images");

    @Test
    void readsKodakPicturesAsImageIoDoes() throws IOException {
        assertSameAsImageIo(data("kodak/23.png"));
    }

    @Test
    void readsGreyPhotographAsOneChannel() throws IOException {
        Image picture = assertSameAsImageIo(data("skimage/camera.png"));
        assertThat(picture.channels()).isEqualTo(1);
    }

    @Test
    void readsEightMegapixelJpeg() throws IOException {
        Image picture = assertSameAsImageIo(data("large/earth-blue-marble.jpg"));
        assertThat(picture.pixels()).isEqualTo(4096L * 2048);
    }

    private static Path data(String name) {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), file + " is not there; this check is skipped");
        return file;
    }

    private static Image assertSameAsImageIo(Path file) throws IOException {
        Image picture = Fixture.read(file);
        var raster = ImageIO.read(file.toFile()).getRaster();
        int channels = picture.channels();
        var row = new int[picture.width() * channels];
        for (int y = 0; y < picture.height(); y++) {
            raster.getPixels(0, y, picture.width(), 1, row);
            for (int k = 0; k < row.length; k++) {
                if (picture.values()[y * row.length + k] != row[k] / 255f) {
                    throw new AssertionError(file + ": row " + y + ", value " + k);
                }
            }
        }
        return picture;
    }
}
