package org.kernfield.splat.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;
import org.kernfield.splat.edit.RandomSplats;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import javax.imageio.ImageIO;

/** The page, and what a real browser shows of it beside the formulas in float64. */
class ScenePageTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final String PICTURE =
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
                    + " done(document.getElementById('canvas').toDataURL('image/png')))))";

    @TempDir private Path directory;

    /** Visible in a small picture: 300 splats in a ball of radius 2. */
    private static Splats scene(int degree) {
        Splats splats = RandomSplats.of(300, degree, 40 + degree);
        for (int k = 0; k < splats.logScales().length; k++) {
            splats.logScales()[k] += 1.5f;
        }
        for (int k = 0; k < splats.sh().length; k++) {
            splats.sh()[k] *= k % (3 * Splats.coefficients(degree)) < 3 ? 1.5f : 0.3f;
        }
        splats.opacities()[3] = Float.POSITIVE_INFINITY;
        return splats;
    }

    private static byte[] page(Splats splats) throws IOException {
        return page(splats, false);
    }

    private static byte[] page(Splats splats, boolean isAntialiased) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new ScenePage(splats, "a <b> & c", 0, isAntialiased).writeTo(bytes);
        return bytes.toByteArray();
    }

    @Test
    void isOneFileThatAsksForNothingElse() throws IOException {
        String text = new String(page(scene(1)), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("<!DOCTYPE html>")
                .contains("<title>a &lt;b&gt; &amp; c</title>")
                .doesNotContain("{{", "http:", "https:", "src=", "import ", "fetch(")
                .endsWith("</html>\n");
        assertThat(page(scene(1))).isEqualTo(page(scene(1)));
    }

    @Test
    void leavesOutWhatCannotBeDrawn() throws IOException {
        Splats splats = scene(0);
        splats.means()[0] = Float.NaN;
        splats.sh()[3] = Float.POSITIVE_INFINITY;
        assertThat(new String(page(splats), StandardCharsets.UTF_8)).contains("\"count\": 298");
        Splats none = Splats.allocate(1, 0);
        none.means()[0] = Float.NaN;
        assertThatThrownBy(() -> page(none)).hasMessageContaining("none of 1 splats");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY})
    void namesNoInfiniteScales(float logScale) throws IOException {
        Splats splats = scene(0);
        java.util.Arrays.fill(splats.logScales(), logScale);
        String text = new String(page(splats), StandardCharsets.UTF_8);
        int meta = text.indexOf("\"scales\"");
        assertThat(text.substring(meta, text.indexOf(']', meta))).doesNotContain("Infinity");
    }

    @Test
    void saysWhetherSplatsAreAntialiased() throws IOException {
        assertThat(new String(page(scene(0), true), StandardCharsets.UTF_8))
                .contains("\"antialiased\": true");
        assertThat(new String(page(scene(0)), StandardCharsets.UTF_8))
                .contains("\"antialiased\": false");
    }

    /** Splats that are smaller than a pixel: without the compensation they are far too bright. */
    @Test
    void showsAntialiasedSplatsInABrowser() throws Exception {
        var program = Chromium.installed();
        assumeTrue(
                program.isPresent(),
                "SKIPPED: no chromium is installed, so no page was opened; apt-get install"
                        + " chromium");
        Splats splats = scene(0);
        for (int k = 0; k < splats.logScales().length; k++) {
            splats.logScales()[k] -= 3;
        }
        Path file = directory.resolve("scene.html");
        Files.write(file, page(splats, true));
        try (var browser = Chromium.open(program.get(), file)) {
            awaitDrawing(browser);
            Ring ring = Ring.around(splats);
            assertThat(psnr(browser, splats, ring, 0, true)).isGreaterThan(45);
            assertThat(psnr(browser, splats, ring, 0, false)).isLessThan(40);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void showsTheSceneInABrowser(int degree) throws Exception {
        var program = Chromium.installed();
        assumeTrue(
                program.isPresent(),
                "SKIPPED: no chromium is installed, so no page was opened; apt-get install"
                        + " chromium");
        Splats splats = scene(degree);
        Path file = directory.resolve("scene.html");
        Files.write(file, page(splats));
        try (var browser = Chromium.open(program.get(), file)) {
            awaitDrawing(browser);
            Ring ring = Ring.around(splats);
            assertThat(psnr(browser, splats, ring, 0)).isGreaterThan(45);
            browser.evaluate(
                    "document.getElementById('canvas').dispatchEvent("
                            + "new WheelEvent('wheel', { deltaY: 100, cancelable: true }))");
            var farther = new Ring(ring.centre(), ring.radius() * Math.exp(0.2));
            assertThat(psnr(browser, splats, farther, 0)).isGreaterThan(45);
            assertThat(psnr(browser, splats, ring, 0)).isLessThan(30);
            press(browser, "0");
            press(browser, "b");
            assertThat(psnr(browser, splats, ring, 1)).isGreaterThan(45);
        }
    }

    private static void awaitDrawing(Chromium browser) throws Exception {
        browser.await("document.getElementById('canvas') ? 'yes' : ''");
        browser.evaluate(
                "(document.getElementById('canvas').style.width = '%dpx',".formatted(WIDTH)
                        + "document.getElementById('canvas').style.height = '%dpx')"
                                .formatted(HEIGHT));
        String state = "document.documentElement.dataset";
        assertThat(browser.await(state + ".failed || " + state + ".drawn")).isEqualTo("yes");
    }

    private static void press(Chromium browser, String key) throws Exception {
        browser.evaluate(
                "window.dispatchEvent(new KeyboardEvent('keydown', { key: '" + key + "' }))");
        browser.evaluate(
                "window.dispatchEvent(new KeyboardEvent('keyup', { key: '" + key + "' }))");
    }

    private static double psnr(Chromium browser, Splats splats, Ring ring, double background)
            throws Exception {
        return psnr(browser, splats, ring, background, false);
    }

    private static double psnr(
            Chromium browser, Splats splats, Ring ring, double background, boolean isAntialiased)
            throws Exception {
        String url = browser.evaluate(PICTURE);
        byte[] png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(shown.getWidth()).isEqualTo(WIDTH);
        assertThat(shown.getHeight()).isEqualTo(HEIGHT);
        double[] expected =
                new EwaPicture(splats, ring.view(0, Ring.VIEWS, WIDTH, HEIGHT), isAntialiased)
                        .over(background);
        double sum = 0;
        for (int k = 0; k < expected.length; k++) {
            int rgb = shown.getRGB(k / 3 % WIDTH, k / 3 / WIDTH);
            double d = (rgb >> 16 - 8 * (k % 3) & 0xFF) / 255.0 - expected[k];
            sum += d * d;
        }
        return -10 * Math.log10(sum / expected.length);
    }
}
