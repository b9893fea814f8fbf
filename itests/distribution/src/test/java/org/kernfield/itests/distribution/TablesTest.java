package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

/** Tables in, answers out: regression from the command line. */
@DisabledOnOs(OS.WINDOWS)
class TablesTest {
    private static final double NOISE = 0.05;

    @TempDir static Path temp;

    private static Runtime runtime;
    private static Path table;
    private static Path model;

    /** Semicolons, a byte order mark, a target that is missing: the function is below. */
    @BeforeAll
    static void start() throws IOException {
        runtime = Runtime.start(temp);
        var random = new Random(3);
        var text = new StringBuilder("\uFEFFwhere;what\r\n");
        for (int k = 0; k < 60; k++) {
            double x = 6 * random.nextDouble();
            text.append("%.6f;%.6f\r%n".formatted(x, truth(x) + NOISE * random.nextGaussian()));
        }
        table = Files.writeString(temp.resolve("waves.csv"), text.append("3.5;\r\n"));
        model = temp.resolve("waves.safetensors");
        runtime.run("fit", table.toString(), "--as", "gp", "--out", model.toString()).well();
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static double truth(double x) {
        return 10 + Math.sin(2 * x);
    }

    private static Path at(String name) {
        return temp.resolve(name);
    }

    /** A table of one column, x from 0.5 to 5.5, with the model's name for it. */
    private static Path points(int count) throws IOException {
        var text = new StringBuilder("where\n");
        for (int k = 0; k < count; k++) {
            text.append(0.5 + 5.0 * k / (count - 1)).append('\n');
        }
        return Files.writeString(at("points.csv"), text);
    }

    @Test
    void answersNearTheTruthWithinItsErrorBars() throws IOException {
        Path out = at("answers.csv");
        runtime.run(
                        "eval",
                        model.toString(),
                        "--at",
                        points(101).toString(),
                        "--std",
                        "--latent",
                        "--out",
                        out.toString())
                .well();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.getFirst()).isEqualTo("what,what_std");
        int inside = 0;
        for (int k = 0; k <= 100; k++) {
            String[] cells = lines.get(k + 1).split(",");
            double error = Double.parseDouble(cells[0]) - truth(0.5 + 0.05 * k);
            double deviation = Double.parseDouble(cells[1]);
            assertThat(Math.abs(error)).isLessThan(0.15);
            assertThat(deviation).isBetween(0.0, 0.1);
            inside += Math.abs(error) < 3 * deviation ? 1 : 0;
        }
        assertThat(inside).isGreaterThan(90);
    }

    @Test
    void noiseWidensErrorBars() throws IOException {
        Path out = at("noisy.csv");
        runtime.run(
                        "eval",
                        model.toString(),
                        "--at",
                        points(2).toString(),
                        "--std",
                        "--out",
                        out.toString())
                .well();
        double deviation = Double.parseDouble(Files.readAllLines(out).get(1).split(",")[1]);
        assertThat(deviation).isBetween(0.8 * NOISE, 2 * NOISE);
    }

    @Test
    void drawsRepeatWithTheirSeed() throws IOException {
        for (String name : List.of("a.csv", "b.csv")) {
            runtime.run(
                            "sample",
                            model.toString(),
                            "--at",
                            points(5).toString(),
                            "--count",
                            "4",
                            "--seed",
                            "9",
                            "--out",
                            at(name).toString())
                    .well();
        }
        assertThat(at("a.csv")).hasSameTextualContentAs(at("b.csv"));
        assertThat(Files.readAllLines(at("a.csv")).getFirst())
                .isEqualTo("what_1,what_2,what_3,what_4");
    }

    @Test
    void plotsAPictureAndText() throws IOException {
        Path picture = at("plot.png");
        runtime.run("plot", model.toString(), "--out", picture.toString()).well();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(900);
        Path text = at("plot.svg");
        runtime.run("plot", model.toString(), "--out", text.toString()).well();
        assertThat(Files.readString(text)).contains(">where</text>", ">what</text>", "<circle");
    }

    @Test
    void crossValidationTellsTheNoise() {
        Ended end =
                runtime.run("cv", table.toString(), "--as", "gp", "--folds", "4", "--json").well();
        assertThat(end.field("ok")).isEqualTo("true");
        // the deviation of sin(2x) over whole waves is √½
        double rmse =
                Double.parseDouble(
                        end.out().replaceAll("(?s).*?\"rmse\": \\{\"mean\": ([-0-9.eE]+).*", "$1"));
        assertThat(rmse).isBetween(0.5 * NOISE / Math.sqrt(0.5), 2 * NOISE / Math.sqrt(0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b,y\\n1,2,3\\n1,x,4\\n | line 3, column 2 (b): 'x' is no number",
                "a,b,y\\n | no row of numbers",
                "a,y\\n1,2\\n,3\\n | line 3, column 1 (a): this input is missing",
                "a,y\\n1,2\\n3,inf\\n | line 3, column 2 (y): an infinite number",
                "a,y\\n1,\\n3,\\n | no row is left to fit",
                "1\\n2\\n | leaves none to tell the target from",
                "a,y\\n1,2,3\\n | line 2 has 3 cells, the first line has 2"
            })
    void refusesTablesThatCannotBeFitted(String text, String message) throws IOException {
        Path bad = Files.writeString(at("bad.csv"), text.replace("\\n", "\n"));
        Path out = at("bad.safetensors");
        Ended end = runtime.run("fit", bad.toString(), "--as", "gp", "--out", out.toString());
        assertThat(end.status()).isEqualTo(1);
        assertThat(end.complaints()).singleElement().asString().contains(message);
        assertThat(out).doesNotExist();
    }

    /** 1 up to a distance of 1 and 0 beyond is no covariance function; much noise hides it. */
    @Test
    void refusesAFormulaThatIsNoCovarianceFunction() throws IOException {
        var text = new StringBuilder("where,what\n");
        for (int k = 0; k < 300; k++) {
            text.append("%d,%d%n".formatted(k, k % 7));
        }
        Path sorted = Files.writeString(at("sorted.csv"), text);
        Path out = at("box.safetensors");
        Ended end =
                runtime.run(
                        "fit",
                        sorted.toString(),
                        "--as",
                        "gp",
                        "--kernel",
                        "formula(max(0, min(1, 1e9*(1.0 - sqdist(x,y))))) + white(variance=30"
                                + " fixed)",
                        "--out",
                        out.toString());
        assertThat(end.status()).isEqualTo(1);
        assertThat(end.complaints())
                .singleElement()
                .asString()
                .contains("not a covariance function")
                .endsWith("; use a positive semidefinite kernel")
                .doesNotContain("Exception", "report it");
        assertThat(out).doesNotExist();
    }

    @Test
    void aDensityIsOfAllColumns() {
        Ended end =
                runtime.run(
                                "fit",
                                table.toString(),
                                "--as",
                                "kde",
                                "--set",
                                "bandwidth=plugin",
                                "--out",
                                at("density.safetensors").toString())
                        .well();
        assertThat(end.out()).contains("60 rows of 2 columns").doesNotContain("NaN");
    }

    @Test
    void suggestsTheColumnThatIsMeant() {
        Ended end = runtime.run("fit", table.toString(), "--as", "gp", "--y", "wat");
        assertThat(end.status()).isNotZero();
        assertThat(end.complaints()).singleElement().asString().contains("did you mean what?");
    }
}
