package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Array;
import org.kernfield.engine.Kernfield;
import org.kernfield.field.Model;
import org.kernfield.scene.Splats;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Verbs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Editing splats by the command, over the codecs of io. */
class EditVerbTest {
    @TempDir private Path home;
    @TempDir private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Kernfield kernfield;
    private Dispatcher verbs;
    private Console console;

    @BeforeEach
    void open() throws IOException {
        kernfield = Kernfield.open(home);
        verbs = Verbs.over(kernfield.engine(), new PlainSurroundings(), (t, f, c) -> {});
        var print = new PrintStream(err, true, StandardCharsets.UTF_8);
        console = new Console(print, print, false, () -> 80, directory);
        Splats row = Splats.allocate(10, 1);
        for (int k = 0; k < 10; k++) {
            row.means()[3 * k] = k;
            row.rotations()[4 * k] = 1;
            row.opacities()[k] = k - 4.5f;
        }
        kernfield.engine().write(row, directory.resolve("row.ply"));
    }

    @AfterEach
    void close() {
        kernfield.close();
    }

    private Map<String, ?> run(String... words) {
        return verbs.run("edit", List.of(words), console).fields();
    }

    private Splats read(String name) throws IOException {
        return kernfield.engine().read(directory.resolve(name), Splats.class);
    }

    @Test
    void appliesEditsInTheOrderGiven() throws IOException {
        run("row.ply", "a.ply", "--translate", "1,0,0", "--crop-box", "2,-1,-1,4,1,inf");
        assertThat(read("a.ply").means()).containsExactly(2, 0, 0, 3, 0, 0, 4, 0, 0);
        run("row.ply", "b.ply", "--crop-box", "2,-1,-1,4,1,inf", "--translate", "1,0,0");
        assertThat(read("b.ply").means()).containsExactly(3, 0, 0, 4, 0, 0, 5, 0, 0);
    }

    @Test
    void anEditMayBeGivenTwiceAndEveryStepIsReported() throws IOException {
        var fields =
                run(
                        "row.ply",
                        "a.ply",
                        "--filter",
                        "x > 1",
                        "--merge",
                        "row.ply",
                        "--filter",
                        "opacity > 0.5",
                        "--degree=0",
                        "--morton");
        assertThat(fields.get("ok")).isEqualTo(true);
        assertThat(fields.get("countIn")).isEqualTo(10);
        assertThat(fields.get("count")).isEqualTo(10);
        assertThat((List<?>) fields.get("steps"))
                .map(step -> ((Map<?, ?>) step).get("count").toString())
                .containsExactly("8", "18", "10", "10", "10");
        assertThat(read("a.ply").degree()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--filter x > 1: 8 splats", "--morton: 10 splats");
    }

    @Test
    void viewingWritesOnePageThatHoldsTheScene() throws IOException {
        var fields = verbs.run("view", List.of("row.ply", "--out", "row.html"), console).fields();
        Path page = directory.resolve("row.html");
        assertThat(fields.get("ok")).isEqualTo(true);
        assertThat(fields.get("bytes")).isEqualTo(Files.size(page));
        assertThat(page).content().contains("<title>row.ply</title>", "\"count\": 10,");
        assertThatThrownBy(() -> verbs.run("view", List.of("row.ply", "--out", "row.ply"), console))
                .hasMessageContaining("this is the input");
    }

    private Splats ball() {
        Splats ball = Splats.allocate(3000, 1);
        var random = new Random(1);
        for (int k = 0; k < ball.means().length; k++) {
            ball.means()[k] = (float) random.nextGaussian();
            ball.logScales()[k] = -3 + random.nextFloat();
        }
        for (int k = 0; k < ball.rotations().length; k++) {
            ball.rotations()[k] = (float) random.nextGaussian();
        }
        for (int k = 0; k < ball.sh().length; k++) {
            ball.sh()[k] = (float) (0.3 * random.nextGaussian());
        }
        return ball;
    }

    /** The last trial is smaller than others before it, and has fewer pictures. */
    @Test
    void countsAllFilesOfAFormatThatHasSeveral() throws IOException {
        kernfield.engine().write(ball(), directory.resolve("ball.ply"));
        Path place = Files.createDirectory(directory.resolve("place"));
        var fields =
                verbs.run(
                                "compress",
                                List.of(
                                        "ball.ply",
                                        "place/meta.json",
                                        "--method=distil",
                                        "--target-ratio=5.5"),
                                console)
                        .fields();
        assertThat(fields.get("shDegree")).isEqualTo(0);
        long bytes = 0;
        try (var files = Files.list(place)) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString()).doesNotStartWith("shN");
                bytes += Files.size(file);
            }
        }
        assertThat(fields.get("bytes")).isEqualTo(bytes);
        assertThat((Double) fields.get("ratio")).isEqualTo(3000 * 26 * 4.0 / bytes);
    }

    @Test
    void compressesToTheRatioAskedFor() throws IOException {
        kernfield.engine().write(ball(), directory.resolve("ball.ply"));
        var fields =
                verbs.run("compress", List.of("ball.ply", "b.sog", "--target-ratio", "12"), console)
                        .fields();
        Path out = directory.resolve("b.sog");
        assertThat((Double) fields.get("ratio")).isBetween(12.0, 14.0);
        assertThat((Double) fields.get("ratio")).isEqualTo(3000 * 26 * 4.0 / Files.size(out));
        assertThat(fields.get("count")).isEqualTo(read("b.sog").count());
        // no representation here draws splats
        assertThat(fields.get("psnr")).isNull();
        assertThatThrownBy(
                        () ->
                                verbs.run(
                                        "compress",
                                        List.of("ball.ply", "c.sog", "--method", "prunes"),
                                        console))
                .hasMessageContaining("unknown method");
        assertThatThrownBy(
                        () ->
                                verbs.run(
                                        "compress",
                                        List.of(
                                                "ball.ply",
                                                "c.sog",
                                                "--method=grid",
                                                "--target-ratio=90"),
                                        console))
                .hasMessageContaining("--target-ratio 90.0: grid: leaves ");
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("row.ply", "ball.ply", "b.sog");
        }
    }

    /** What fitting splats writes: their arrays by name. */
    @Test
    void splatsMayComeFromAModel() throws IOException {
        Splats row = read("row.ply");
        var model = new Model("splat", 1, "radiance", row.arrays(), Map.of("degree", "1"));
        kernfield.engine().write(model, directory.resolve("fit.safetensors"));
        run("fit.safetensors", "a.ply", "--filter", "x < 3");
        assertThat(read("a.ply").means()).containsExactly(0, 0, 0, 1, 0, 0, 2, 0, 0);
        verbs.run("convert", List.of("fit.safetensors", "b.ply"), console);
        assertThat(read("b.ply").opacities()).isEqualTo(row.opacities());
        var other =
                new Model("flat", 1, "image", Map.of("colour", Array.of(3, 0, 0, 0f)), Map.of());
        kernfield.engine().write(other, directory.resolve("flat.safetensors"));
        assertThatThrownBy(() -> run("flat.safetensors", "c.ply", "--morton"))
                .hasMessageContaining("a model of flat, not of splats");
    }

    @Test
    void refusesModelsOfOtherPrimitives() throws IOException {
        var model =
                new Model(
                        "splat",
                        1,
                        "radiance",
                        read("row.ply").arrays(),
                        Map.of("degree", "1", "primitive", "surfel"));
        kernfield.engine().write(model, directory.resolve("fit.safetensors"));
        assertThatThrownBy(() -> run("fit.safetensors", "a.ply", "--morton"))
                .hasMessageContaining("fit.safetensors: its splats are of the primitive surfel,")
                .hasMessageContaining("primitive=gaussian");
        assertThat(directory.resolve("a.ply")).doesNotExist();
    }

    @Test
    void refusesMistakesAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--filter", "opacty > 1"))
                .hasMessageContaining("--filter opacty > 1: ")
                .hasMessageContaining("did you mean opacity?");
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--translate", "1,2"))
                .hasMessage("--translate 1,2: 2 numbers where 3 are needed; write X,Y,Z");
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--scale", "big"))
                .hasMessageContaining("not of the form FACTOR");
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--merge", "none.ply"))
                .hasMessageContaining("none.ply: no such file");
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--filter", "x > 99"))
                .hasMessageContaining("no splat is left");
        assertThatThrownBy(() -> run("row.ply", "a.ply")).hasMessageContaining("no edit is given");
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--decimate", "0"))
                .hasMessageContaining("nothing would be left");
        assertThatThrownBy(() -> run("row.ply", "a.ply", "--degree", "NaN"))
                .hasMessage("--degree NaN: no whole number; give 0 to 4");
        try (var files = Files.list(directory)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly("row.ply");
        }
    }
}
