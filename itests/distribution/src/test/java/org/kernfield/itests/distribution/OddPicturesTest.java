package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Pictures that are small, thin or plain fit without complaint. */
@DisabledOnOs(OS.WINDOWS)
class OddPicturesTest {
    @TempDir static Path temp;

    private static Runtime runtime;

    @BeforeAll
    static void start() {
        runtime = Runtime.start(temp);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @Test
    void onePixel() throws IOException {
        assertFits(Pictures.constant(temp.resolve("pixel.png"), 1, 1), false);
    }

    @Test
    void aColumn() throws IOException {
        assertFits(Pictures.waves(temp.resolve("column.png"), 1, 4000), false);
    }

    @Test
    void aRow() throws IOException {
        assertFits(Pictures.waves(temp.resolve("row.png"), 4000, 1), false);
    }

    @Test
    void tenPixelsHigh() throws IOException {
        assertFits(Pictures.waves(temp.resolve("low.png"), 60, 10), false);
    }

    @Test
    void elevenPixelsHigh() throws IOException {
        assertFits(Pictures.waves(temp.resolve("higher.png"), 60, 11), true);
    }

    @Test
    void oneColour() throws IOException {
        assertThat(assertFits(Pictures.constant(temp.resolve("plain.png"), 64, 48), true))
                .isGreaterThan(40);
    }

    @Test
    void grey() throws IOException {
        Path picture = Pictures.grey(temp.resolve("grey.png"), 64, 48);
        assertFits(picture, true);
        assertThat(runtime.run("info", picture.toString(), "--json").number("channels")).isOne();
    }

    @Test
    void transparency() throws IOException {
        assertFits(Pictures.transparent(temp.resolve("alpha.png"), 64, 48), true);
    }

    /** The PSNR. */
    private static double assertFits(Path picture, boolean hasSsim) throws IOException {
        String model = temp.resolve("out." + picture.getFileName() + ".safetensors").toString();
        Ended end =
                runtime.run("fit", picture.toString(), "--steps", "30", "--out", model, "--json");
        end.well();
        assertThat(end.complaints()).isEmpty();
        assertThat(end.number("psnr")).isGreaterThan(10);
        if (hasSsim) {
            assertThat(end.number("ssim")).isBetween(-1.0, 1.0);
        } else {
            assertThat(end.field("ssim")).isEqualTo("null");
        }
        var given = ImageIO.read(picture.toFile());
        var drawn = ImageIO.read(Path.of(end.field("rendered")).toFile());
        assertThat(drawn.getWidth()).isEqualTo(given.getWidth());
        assertThat(drawn.getHeight()).isEqualTo(given.getHeight());
        return end.number("psnr");
    }
}
