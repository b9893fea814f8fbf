package org.kernfield.io.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.field.Image;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Expected values are Pillow's, or of the formula in make_pictures.py. */
class PictureCodecTest {
    /** Half of what 8-bit rounding of the expected values moves. */
    private static final float EXACT = 0.501f;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.bmp",
                "rgb.tif",
                "rgb.tga",
                "rgb.ppm",
                "rgb.webp",
                "rgb.png",
                "tiff_lzw.tif",
                "tiff_adobe_deflate.tif",
                "packbits.tif",
                "grey.bmp",
                "grey.tif",
                "grey.tga",
                "grey.pgm",
                "grey.png",
                "bilevel.tif",
                "bilevel.pbm",
                "bilevel.png",
                "palette.gif",
                "palette.bmp",
                "palette.tif",
                "palette.png",
                "srgb.png"
            })
    void readsLosslessFormats(String name) throws IOException {
        assertRead(name, EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha.tga", "alpha.tif", "alpha.png", "alpha.webp", "greyalpha.png"})
    void compositesAlphaOnWhite(String name) throws IOException {
        assertRead(name, EXACT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.jpg",
                "subsampled.jpg",
                "progressive.jpg",
                "grey.jpg",
                "jpeg.tif",
                "srgb.jpg"
            })
    void readsJpegAsLibjpegDoes(String name) throws IOException {
        assertRead(name, 1.001f);
    }

    @Test
    void readsLossyWebpNearlyAsLibwebpDoes() throws IOException {
        // the difference is libwebp's smooth chroma upsampling
        assertRead("lossy.webp", 8.5f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey16.tif", "grey16.png"})
    void keepsSixteenBits(String name) throws IOException {
        Image picture = Fixture.read(Fixture.file(name));
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                float expected = (x * 3000 + y * 17 & 0xFFFF) / 65535f;
                assertThat(picture.get(x, y, 0)).isCloseTo(expected, within(1e-7f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsJpegUpright(int orientation) throws IOException {
        assertRead("o" + orientation + ".jpg", 1.001f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"turned.png", "turned.webp", "turned.tif"})
    void turnsOtherFormatsUpright(String name) throws IOException {
        assertRead(name, EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.tif", "cmyk.jpg"})
    void convertsInksWithoutProfile(String name) throws IOException {
        assertRead(name, EXACT);
    }

    @Test
    void convertsYcck() throws IOException {
        assertRead("ycck.jpg", 1.001f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile.png",
                "profile.tif",
                "profile.jpg",
                "greyprofile.png",
                "greyprofile.tif"
            })
    void convertsProfilesToSrgb(String name) throws IOException {
        assertRead(name, 1.001f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inkprofile.tif", "inkprofile.jpg"})
    void convertsProfilesOfInksAsLittleCmsDoes(String name) throws IOException {
        // Pillow interpolates with 8 bits, we with 16
        assertRead(name, 4);
    }

    @ParameterizedTest
    @CsvSource({"rgb.png, png", "rgb.jpg, jpeg", "rgb.tif, tiff", "lossy.webp, webp"})
    void knowsFormatsByContent(String name, String format) throws IOException {
        assertThat(Fixture.codec(Fixture.file(name)).name()).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "rgb.jpg", "rgb.tif", "rgb.bmp", "rgb.webp"})
    void refusesWhatExceedsTheLimits(String name) throws IOException {
        var file = Fixture.file(name);
        assertThatThrownBy(() -> Fixture.codec(file).read(file, new Limits(2000)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": needs")
                .hasMessageContaining("memory");
    }

    @Test
    void registersNoReader() throws IOException {
        var before = registered();
        for (String name : new String[] {"rgb.jpg", "rgb.bmp", "rgb.webp", "jpeg.tif"}) {
            Fixture.read(Fixture.file(name));
        }
        assertThat(registered()).isEqualTo(before);
    }

    private static List<ImageReaderSpi> registered() {
        var all = new ArrayList<ImageReaderSpi>();
        IIORegistry.getDefaultInstance()
                .getServiceProviders(ImageReaderSpi.class, false)
                .forEachRemaining(all::add);
        return all;
    }

    @Test
    void leavesTheContextClassLoaderAlone() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Fixture.read(Fixture.file("rgb.jpg"));
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private static void assertRead(String name, float tolerance) throws IOException {
        Image picture = Fixture.read(Fixture.file(name));
        boolean isOwn = Fixture.class.getResource("/pictures/" + name + ".expected") != null;
        Image expected = Fixture.expected(isOwn ? name : name.substring(0, name.lastIndexOf('.')));
        assertThat(picture.width()).isEqualTo(expected.width());
        assertThat(picture.height()).isEqualTo(expected.height());
        assertThat(picture.channels()).isEqualTo(expected.channels());
        for (int k = 0; k < expected.values().length; k++) {
            assertThat(picture.values()[k] * 255)
                    .as("value %d", k)
                    .isCloseTo(expected.values()[k], within(tolerance));
        }
    }
}
