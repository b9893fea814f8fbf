package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/** Scenes of splats as pictures. */
@DisabledOnOs(OS.WINDOWS)
class SceneTest {
    /** One red splat of deviation 0.1 and opacity one half; colours are 0.5 + 0.2820948·f_dc. */
    private static final String RED =
            """
            ply
            format ascii 1.0
            element vertex 1
            property float x
            property float y
            property float z
            property float f_dc_0
            property float f_dc_1
            property float f_dc_2
            property float opacity
            property float scale_0
            property float scale_1
            property float scale_2
            property float rot_0
            property float rot_1
            property float rot_2
            property float rot_3
            end_header
            1 2 3 1.7724539 -1.7724539 -1.7724539 0 -2.302585 -2.302585 -2.302585 1 0 0 0
            """;

    @TempDir Path temp;

    private Kernfield kernfield;
    private Path scene;

    @BeforeEach
    void prepare() throws IOException {
        kernfield = new Kernfield(temp.resolve("home"));
        scene = Files.writeString(temp.resolve("red.ply"), RED);
    }

    /** From 20 deviations away, through 64 pixels for 50 degrees. */
    @Test
    void drawsASplatFromTheRing() throws IOException, InterruptedException {
        Path out = temp.resolve("red.png");
        var ended =
                kernfield.run(
                        "render",
                        scene.toString(),
                        "--view",
                        "3",
                        "--size",
                        "64x48",
                        "--out",
                        out.toString());
        assertThat(ended.status()).isZero();
        var picture = ImageIO.read(out.toFile());
        double focal = 32 / Math.tan(Math.toRadians(25));
        double variance = Math.pow(focal / 20, 2) + 0.3;
        for (int[] offset : new int[][] {{0, 0}, {3, -2}, {-5, 4}}) {
            int rgb = picture.getRGB(32 + offset[0], 24 + offset[1]);
            double d2 = Math.pow(offset[0] + 0.5, 2) + Math.pow(offset[1] + 0.5, 2);
            double red = 255 * 0.5 * Math.exp(-0.5 * d2 / variance);
            assertThat((rgb >> 16) & 0xFF).isCloseTo((int) Math.round(red), within(1));
            assertThat(rgb & 0xFFFF).isZero();
        }
    }

    /** Two units away in any direction, and nothing beside it. */
    @Test
    void writesDistancesAsNumbers() throws IOException, InterruptedException {
        Path out = temp.resolve("red.npy");
        var ended =
                kernfield.run(
                        "render",
                        scene.toString(),
                        "--size",
                        "64x48",
                        "--channel",
                        "depth",
                        "--lens",
                        "fisheye",
                        "--out",
                        out.toString());
        assertThat(ended.status()).isZero();
        var file = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer depths =
                file.slice(10 + file.getShort(8), 4 * 64 * 48)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        assertThat(file.capacity()).isEqualTo(10 + file.getShort(8) + 4 * 64 * 48);
        assertThat(depths.get(24 * 64 + 32)).isCloseTo(2, within(1e-5f));
        assertThat(depths.get(0)).isNaN();
    }

    /** Of a splat as large as a pixel's blur, little is left without it. */
    @Test
    void drawsOpacitiesAntialiasedAndBackgrounds() throws IOException, InterruptedException {
        Path alpha = temp.resolve("alpha.png");
        Path blue = temp.resolve("blue.png");
        String[] look = {"render", scene.toString(), "--size", "64x48", "--lens", "orthographic"};
        var first =
                kernfield.run(
                        with(look, "--channel", "alpha", "--antialias", "--out", alpha.toString()));
        var second = kernfield.run(with(look, "--background", "0,0,1", "--out", blue.toString()));
        assertThat(first.status()).isZero();
        assertThat(second.status()).isZero();
        // pixels to a unit as the pinhole has them at the centre
        double variance = Math.pow(32 / Math.tan(Math.toRadians(25)) / 20, 2);
        double falloff = Math.exp(-0.25 / (variance + 0.3));
        double grey = 255 * 0.5 * falloff * variance / (variance + 0.3);
        assertThat(ImageIO.read(alpha.toFile()).getRaster().getSample(32, 24, 0))
                .isCloseTo((int) Math.round(grey), within(1));
        var picture = ImageIO.read(blue.toFile());
        assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF);
        assertThat(picture.getRGB(32, 24) & 0xFF)
                .isCloseTo((int) Math.round(255 * (1 - 0.5 * falloff)), within(1));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void drawsAnOrbitAndRefusesAViewThatIsNotThere() throws IOException, InterruptedException {
        Path turn = temp.resolve("turn");
        var drawn =
                kernfield.run(
                        "render",
                        scene.toString(),
                        "--orbit",
                        "3",
                        "--size",
                        "16x9",
                        "--out",
                        turn.toString());
        assertThat(drawn.status()).isZero();
        try (var files = Files.list(turn)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("000.png", "001.png", "002.png");
        }
        Path out = temp.resolve("none.png");
        var refused =
                kernfield.run("render", scene.toString(), "--view", "8", "--out", out.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.complaints()).singleElement().asString().contains("0 to 7");
        assertThat(out).doesNotExist();
    }

    /** A splat 0.3 higher than the one whose camera sees it, from two units away and 20° above. */
    @Test
    void looksWithTheCamerasOfAnotherScene() throws IOException, InterruptedException {
        Path higher =
                Files.writeString(
                        temp.resolve("higher.ply"), RED.replace("\n1 2 3 1.77", "\n1 1.7 3 1.77"));
        Path out = temp.resolve("higher.png");
        var drawn =
                kernfield.run(
                        "render",
                        higher.toString(),
                        "--like",
                        scene.toString(),
                        "--size",
                        "64x48",
                        "--out",
                        out.toString());
        assertThat(drawn.status()).isZero();
        var picture = ImageIO.read(out.toFile());
        int brightest = 0;
        for (int y = 0; y < 48; y++) {
            if (picture.getRGB(32, y) > picture.getRGB(32, brightest)) {
                brightest = y;
            }
        }
        double focal = 32 / Math.tan(Math.toRadians(25));
        double up = 0.3 * Math.cos(Math.toRadians(20));
        double nearer = 0.3 * Math.sin(Math.toRadians(20));
        assertThat(brightest + 0.5).isCloseTo(24 - focal * up / (2 - nearer), within(1.0));
    }

    /** Density ¼ lies where exp(−½·r²/0.1²) = ½. */
    @Test
    void meshesASplatAsAClosedBallOfItsColour() throws IOException, InterruptedException {
        Path out = temp.resolve("red.obj");
        var ended =
                kernfield.run(
                        "mesh",
                        scene.toString(),
                        "--level",
                        "0.25",
                        "--resolution",
                        "40",
                        "--out",
                        out.toString(),
                        "--json");
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("\"closed\": true", "\"manifold\": true");
        double radius = 0.1 * Math.sqrt(2 * Math.log(2));
        for (String line : Files.readAllLines(out)) {
            String[] words = line.split(" ");
            if (words[0].equals("v")) {
                double x = Double.parseDouble(words[1]) - 1;
                double y = Double.parseDouble(words[2]) - 2;
                double z = Double.parseDouble(words[3]) - 3;
                assertThat(Math.sqrt(x * x + y * y + z * z)).isCloseTo(radius, within(2e-3));
                assertThat(Double.parseDouble(words[4])).isCloseTo(1, within(1e-4));
                assertThat(Double.parseDouble(words[5])).isCloseTo(0, within(1e-4));
            }
        }
    }

    /** The splat's centre, half of whose way the eye sees, a point before it and one behind it. */
    @Test
    void seesPointsOfASceneFromAnEye() throws IOException, InterruptedException {
        Path points = Files.writeString(temp.resolve("at.csv"), "x,y,z\n1,2,3\n1,2,2\n1,2,4\n");
        Path out = temp.resolve("seen.csv");
        var ended =
                kernfield.run(
                        "eval",
                        scene.toString(),
                        "--at",
                        points.toString(),
                        "--eye",
                        "1,2,0",
                        "--out",
                        out.toString());
        assertThat(ended.status()).isZero();
        List<String> rows = Files.readAllLines(out);
        assertThat(rows.getFirst()).isEqualTo("density,red,green,blue,light");
        assertThat(numbers(rows.get(1)))
                .containsExactly(new double[] {0.5, 1, 0, 0, Math.sqrt(0.5)}, within(1e-4));
        assertThat(numbers(rows.get(2)))
                .containsExactly(new double[] {0, 0, 0, 0, 1}, within(1e-4));
        assertThat(numbers(rows.get(3)))
                .containsExactly(new double[] {0, 0, 0, 0, 0.5}, within(1e-4));
    }

    private static double[] numbers(String row) {
        return Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
