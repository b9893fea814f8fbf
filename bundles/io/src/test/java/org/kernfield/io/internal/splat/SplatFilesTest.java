package org.kernfield.io.internal.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kernfield.format.Codec;
import org.kernfield.format.Codecs;
import org.kernfield.format.Limits;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Files that other programs wrote; what they hold was read by splat-transform. */
class SplatFilesTest {
    private static final Path DATA = Path.of("../../../shared/data").toAbsolutePath().normalize();
    private static final Limits LIMITS = new Limits(400_000_000);

    private final Codecs codecs =
            new Codecs(
                    ServiceLoader.load(Codec.class).stream()
                            .<Codec<?>>map(ServiceLoader.Provider::get)
                            .toList());

    @BeforeAll
    static void needsData() {
        assumeTrue(Files.isDirectory(DATA), "no " + DATA + ": the splat files are not tested");
    }

    private Splats read(String name) throws IOException {
        return codecs.read(DATA.resolve("splats").resolve(name), Splats.class, LIMITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"biker", "guitar"})
    void readsCompressedPlyAsSplatTransformDoes(String name) throws IOException {
        Splats splats = read(name + ".compressed.ply");
        List<String> rows = Files.readAllLines(DATA.resolve("refs/splat_" + name + "_200rows.csv"));
        assertThat(rows).hasSize(201);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            double[] values = row(splats, Integer.parseInt(cells[0]));
            for (int k = 0; k < values.length; k++) {
                double expected =
                        cells[k + 1].equals("inf")
                                ? Double.POSITIVE_INFINITY
                                : Double.parseDouble(cells[k + 1]);
                if (values[k] != expected) {
                    assertThat(values[k])
                            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    /** x y z, colour, opacity, rotation, log scales, in the order of the reference rows. */
    private static double[] row(Splats s, int k) {
        int sh = 3 * Splats.coefficients(s.degree()) * k;
        return new double[] {
            s.means()[3 * k],
            s.means()[3 * k + 1],
            s.means()[3 * k + 2],
            s.sh()[sh],
            s.sh()[sh + 1],
            s.sh()[sh + 2],
            s.opacities()[k],
            s.rotations()[4 * k],
            s.rotations()[4 * k + 1],
            s.rotations()[4 * k + 2],
            s.rotations()[4 * k + 3],
            s.logScales()[3 * k],
            s.logScales()[3 * k + 1],
            s.logScales()[3 * k + 2]
        };
    }

    @Test
    void readsTheSameSceneFromSpzAndFromCompressedPly() throws IOException {
        Splats spz = read("biker.spz");
        Splats ply = clamped(read("biker.compressed.ply"));
        assertThat(spz.count()).isEqualTo(152_746);
        // half a step: 2⁻¹³ of positions, 1/32 of log scales, 1/511/√2 of rotations
        var tolerance = new SomeSplats.Tolerance(1.3e-4, 0.0325, 0.004, 0.002, 0.0132, 0);
        assertThat(tolerance.holds(spz, ply)).isTrue();
    }

    /** SPZ's log scales begin at −10. */
    private static Splats clamped(Splats splats) {
        for (int k = 0; k < splats.logScales().length; k++) {
            splats.logScales()[k] = Math.max(-10, splats.logScales()[k]);
        }
        return splats;
    }

    /** 198 splats of the file are fully opaque: the logit is infinite. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy.ply",
                "copy.compressed.ply",
                "copy.spz",
                "copy.v3.spz",
                "copy.splat",
                "copy.sog",
                "meta.json",
                "copy.glb",
                "copy.gltf"
            })
    void keepsInfiniteOpacities(String name, @TempDir Path folder) throws IOException {
        Splats splats = read("biker.compressed.ply");
        Path file = folder.resolve(name);
        codecs.write(splats, file);
        assertThat(infinite(splats)).isEqualTo(198);
        assertThat(infinite(codecs.read(file, Splats.class, LIMITS))).isEqualTo(198);
    }

    private static int infinite(Splats splats) {
        int count = 0;
        for (float logit : splats.opacities()) {
            count += logit == Float.POSITIVE_INFINITY ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({
        "minimal.splat, splat, -1",
        "minimal.ksplat, ksplat, -1",
        "minimal-v2.spz, spz-v3, 1",
        "minimal-v3.spz, spz-v3, -1",
        "minimal-v4.spz, spz, -1",
        "minimal-raw.spz, spz, 1"
    })
    void readsTheFourSplatsOfTheMinimalFiles(String name, String format, float z)
            throws IOException {
        Splats splats = read("minimal/" + name);
        assertThat(codecs.find(DATA.resolve("splats/minimal").resolve(name)).name())
                .isEqualTo(format);
        assertThat(splats.means()).containsExactly(-1, 0, z, 0, 0, z, -1, 0, 0, 0, 0, 0);
        assertThat(splats.opacities()).containsOnly(2.2192035f);
        assertThat(splats.logScales()[0]).isCloseTo((float) Math.log(0.1), within(0.032f));
    }

    /** The text file and the SPZ file come from one program, which turns the axes. */
    @Test
    void agreesOnTheAxesOfSpz() throws IOException {
        Splats text = read("minimal/unitCube-ascii.ply");
        Splats spz = read("minimal/unitCube.spz");
        assertThat(text.count()).isEqualTo(20);
        assertThat(spz.means()).containsExactly(text.means(), within(0f));
    }

    @Test
    void readsSogOfVersion1() throws IOException {
        Splats splats = read("playcanvas-logo-sog/meta.json");
        assertThat(splats.count()).isEqualTo(307_128);
        // bounds in the description, sign(x)·log(1 + |x|) of what they bound
        float[] high = {1.53480f, 0.29567f, 0.57683f};
        for (int c = 0; c < 3; c++) {
            float most = Float.NEGATIVE_INFINITY;
            for (int k = c; k < splats.means().length; k += 3) {
                most = Math.max(most, splats.means()[k]);
            }
            assertThat(most).isCloseTo(high[c], within(5e-5f));
        }
    }

    @Test
    void writesSogAsFilesSideBySide(@TempDir Path folder) throws IOException {
        Splats splats = read("train-1000.ply");
        codecs.write(splats, folder.resolve("meta.json"));
        codecs.write(splats, folder.resolve("scene.sog"));
        Splats files = codecs.read(folder.resolve("meta.json"), Splats.class, LIMITS);
        Splats bundle = codecs.read(folder.resolve("scene.sog"), Splats.class, LIMITS);
        assertThat(files.degree()).isEqualTo(3);
        assertThat(files.means()).isEqualTo(bundle.means());
        assertThat(files.sh()).isEqualTo(bundle.sh());
    }

    @Test
    void writesTheBytesOf3dgsBack(@TempDir Path folder) throws IOException {
        Path original = DATA.resolve("splats/train-1000.ply");
        Path copy = folder.resolve("copy.ply");
        Splats splats = read("train-1000.ply");
        codecs.write(splats, copy);
        assertThat(splats.degree()).isEqualTo(3);
        assertThat(data(copy)).isEqualTo(data(original));
    }

    private static byte[] data(Path ply) throws IOException {
        byte[] bytes = Files.readAllBytes(ply);
        int rows = 1000 * 62 * Float.BYTES;
        return java.util.Arrays.copyOfRange(bytes, bytes.length - rows, bytes.length);
    }
}
