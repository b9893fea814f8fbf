package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Image;
import org.kernfield.field.Report;
import org.kernfield.numerics.predictive.Calibration;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The verbs of regression, over the engine itself and a representation of one straight line. */
class TableVerbsTest extends TableShell {
    /** y = 1 + 2x at −1, 0 and 1: the mean of x is 0, the sum of its squares 2. */
    private void fitLine() throws IOException {
        put("line.csv", "x,y\n-1,-1\n0,1\n1,3\n");
        run("fit", "line.csv", "--as", "straight", "--out", "m.safetensors");
    }

    @Test
    void fitsATableAndSaysHowHealthyItIs() throws IOException {
        put("line.csv", "x;y\r\n-1;-1\r\n0;1\r\n1;3\r\n2;\r\n");
        var reply = reply("fit", "line.csv", "--as", "straight");
        assertThat(reply.text()).contains("3 rows of 1 inputs").contains("as straight as can be");
        assertThat(reply.text()).doesNotContain("NaN");
        assertThat(((Report) reply.fields().get("report")).figures()).containsEntry("bend", 0.0);
        assertThat(reply.fields().get("task")).isEqualTo("table");
        assertThat(directory.resolve("line.straight.safetensors")).exists();
    }

    @Test
    void scoresRowsOfASplitInUnitsOfTheDeviationFitted() throws IOException {
        Path uci = Files.createDirectory(directory.resolve("uci"));
        Files.writeString(uci.resolve("data.csv"), "-1,-1\n0,1\n1,3\n0,2\n");
        Files.writeString(uci.resolve("test_mask.csv"), "0,0\n0,1\n0,0\n1,0\n");
        var fields = run("fit", "uci", "--as", "straight", "--set", "split=0");
        var metrics = (Map<?, ?>) fields.get("metrics");
        // the deviation of −1, 1, 3 is √(8/3); the label 2 is 1 above the line
        double scale = Math.sqrt(8.0 / 3);
        double variance = (1 + 1.0 / 3) / (8.0 / 3);
        assertThat((Double) metrics.get("rmse")).isCloseTo(1 / scale, within(1e-12));
        assertThat((Double) metrics.get("nlpd"))
                .isCloseTo(
                        0.5 * Math.log(2 * Math.PI * variance) + 0.5 * 3.0 / 8 / variance,
                        within(1e-12));
        assertThat(metrics.get("coverage95")).isEqualTo(1.0);
        assertThat(((Calibration) fields.get("calibration")).count()).isEqualTo(1);
    }

    @Test
    void takesSeveralTargetsOneByOne() throws IOException {
        put("two.csv", "u,x,v\n1,0,5\n2,1,5\n3,2,5\n");
        run("fit", "two.csv", "--as", "straight", "--y", "u", "--y=v", "--out", "m.safetensors");
        put("at.csv", "z,x\n9,10\n");
        run("eval", "m.safetensors", "--at", "at.csv", "--out", "o.csv", "--std");
        assertThat(table("o.csv").columns()).containsExactly("u", "u_std", "v", "v_std");
        assertThat(table("o.csv").get(0, 0)).isCloseTo(11, within(1e-12));
        assertThat(table("o.csv").get(0, 2)).isCloseTo(5, within(1e-12));
    }

    @Test
    void evaluatesMeansAndDeviationsWithAndWithoutNoise() throws IOException {
        fitLine();
        put("at.csv", "3\n");
        run("eval", "m.safetensors", "--at", "at.csv", "--out", "mean.csv");
        assertThat(table("mean.csv").width()).isEqualTo(1);
        assertThat(table("mean.csv").get(0, 0)).isCloseTo(7, within(1e-12));
        run("eval", "m.safetensors", "--at", "at.csv", "--out", "std.csv", "--std");
        assertThat(table("std.csv").columns()).isEmpty();
        assertThat(table("std.csv").get(0, 1))
                .isCloseTo(Math.sqrt(1 + 1.0 / 3 + 9.0 / 2), within(1e-12));
        run("eval", "m.safetensors", "--at", "at.csv", "--out", "f.csv", "--std", "--latent");
        assertThat(table("f.csv").get(0, 1)).isCloseTo(Math.sqrt(1.0 / 3 + 4.5), within(1e-12));
    }

    @Test
    void refusesPointsThatCannotBeAsked() throws IOException {
        fitLine();
        put("gap.csv", "x\n1\nNA\n");
        assertThatThrownBy(() -> eval("gap.csv"))
                .hasMessageContaining("gap.csv: line 3, column 1 (x): a missing coordinate");
        put("wide.csv", "a,b\n1,2\n");
        assertThatThrownBy(() -> eval("wide.csv"))
                .hasMessageContaining("has 2 columns, the field takes 1; give these columns: x");
        put("text.csv", "x\n1\ntwo\n");
        assertThatThrownBy(() -> eval("text.csv"))
                .hasMessageContaining("line 3, column 1 (x): 'two' is no number");
        assertThat(directory.resolve("o.csv")).doesNotExist();
    }

    @Test
    void refusesPointsOfWhichOnlySomeColumnsHaveTheirNames() throws IOException {
        put("t.csv", "a,b,y\n-1,0,-1\n0,1,1\n1,0,3\n");
        run("fit", "t.csv", "--as", "straight", "--out", "m.safetensors");
        put("some.csv", "bb,a\n1,2\n");
        assertThatThrownBy(() -> eval("some.csv"))
                .hasMessageContaining("some.csv: has no column b, which the model takes; did you")
                .hasMessageContaining("mean bb?");
        assertThatThrownBy(
                        () -> run("sample", "m.safetensors", "--at", "some.csv", "--out", "o.csv"))
                .hasMessageContaining("has no column b");
        put("narrow.csv", "a\n1\n");
        assertThatThrownBy(() -> eval("narrow.csv"))
                .hasMessageContaining("has no column b, which the model takes; give these columns");
        put("others.csv", "u,v\n5,0\n");
        eval("others.csv");
        assertThat(table("o.csv").get(0, 0)).isCloseTo(11, within(1e-12));
    }

    @Test
    void refusesToPlotATableOfWhichOnlySomeColumnsHaveTheirNames() throws IOException {
        put("t.csv", "a,b,y\n-1,0,-1\n0,1,1\n1,0,3\n");
        run("fit", "t.csv", "--as", "straight", "--out", "m.safetensors");
        put("some.csv", "bb,a,y\n0,-1,-1\n1,0,1\n");
        assertThatThrownBy(() -> plot("some.csv"))
                .hasMessageContaining("some.csv: has no column b");
        Path uci = Files.createDirectory(directory.resolve("uci"));
        Files.writeString(uci.resolve("data.csv"), "y,A,b\n-1,-1,0\n1,0,1\n");
        assertThatThrownBy(() -> plot("uci")).hasMessageContaining("did you mean A?");
        put("others.csv", "u,v,w\n-1,0,-1\n0,1,1\n");
        assertThat(plot("others.csv").get("ok")).isEqualTo(true);
        put("bare.csv", "-1,0,-1\n0,1,1\n");
        assertThat(plot("bare.csv").get("ok")).isEqualTo(true);
    }

    private Map<String, ?> plot(String data) {
        return run("plot", "m.safetensors", "--data", data, "--out", "p.svg");
    }

    @Test
    void refusesToLeaveNoiseOutOfMeans() throws IOException {
        fitLine();
        put("at.csv", "3\n");
        assertThatThrownBy(
                        () ->
                                run(
                                        "eval",
                                        "m.safetensors",
                                        "--at",
                                        "at.csv",
                                        "--out",
                                        "o.csv",
                                        "--latent"))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.status()).isEqualTo(Failure.USAGE))
                .hasMessage("--latent: means are without noise anyway; add --std for deviations");
    }

    private void eval(String at) {
        run("eval", "m.safetensors", "--at", at, "--out", "o.csv");
    }

    @Test
    void drawsFunctionsThatRepeatWithTheirSeed() throws IOException {
        fitLine();
        put("at.csv", "x\n0\n1\n");
        String[] words = {"m.safetensors", "--at", "at.csv", "--count", "3", "--seed", "5"};
        var fields = run("sample", with(words, "--out", "a.csv"));
        assertThat(fields.get("ok")).isEqualTo(true);
        run("sample", with(words, "--out", "b.csv"));
        assertThat(table("a.csv").columns()).containsExactly("y_1", "y_2", "y_3");
        assertThat(directory.resolve("a.csv")).hasSameTextualContentAs(directory.resolve("b.csv"));
        for (int draw = 0; draw < 3; draw++) {
            double slope = table("a.csv").get(1, draw) - table("a.csv").get(0, draw);
            assertThat(slope).isCloseTo(2, within(1e-12));
        }
        assertThat(table("a.csv").get(0, 0)).isNotEqualTo(table("a.csv").get(0, 1));
    }

    private static String[] with(String[] words, String... more) {
        return java.util.stream.Stream.of(words, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    @Test
    void wholeFunctionsAreDrawnOnlyFromThoseThatHaveThem() throws IOException {
        fitLine();
        put("at.csv", "x\n10\n");
        assertThatThrownBy(
                        () ->
                                run(
                                        "sample",
                                        "m.safetensors",
                                        "--at",
                                        "at.csv",
                                        "--out",
                                        "d.csv",
                                        "--method",
                                        "pathwise"))
                .hasMessage(
                        "--method pathwise: models of straight are drawn jointly only; leave it"
                                + " out");
    }

    @Test
    void plotsOneInputAsPictureAndAsText() throws IOException {
        fitLine();
        var fields = run("plot", "m.safetensors", "--size", "640x400");
        assertThat(fields.get("ok")).isEqualTo(true);
        Image picture = kernfield.engine().read(directory.resolve("m.plot.png"), Image.class);
        assertThat(picture.width()).isEqualTo(640);
        run("plot", "m.safetensors", "--out", "m.svg");
        assertThat(directory.resolve("m.svg"))
                .content()
                .startsWith("<svg")
                .contains(">x</text>")
                .contains(">y</text>")
                .contains("<circle")
                .contains(">-1.0</text>");
    }

    @Test
    void plotsTwoInputsAndHoldsTheOthers() throws IOException {
        put("t.csv", "a,b,c,y\n-1,0,7,-1\n0,1,7,1\n1,0,7,3\n2,1,30,5\n");
        run("fit", "t.csv", "--as", "straight", "--out", "m.safetensors");
        run("plot", "m.safetensors", "--x", "a", "--x", "2", "--hold", "c=7", "--out", "p.svg");
        assertThat(directory.resolve("p.svg"))
                .content()
                .contains("c = 7.000; 3 of 4 rows near")
                .contains("mean of y")
                .contains(">b</text>");
        run("plot", "m.safetensors", "--data", "t.csv", "--out", "p.png");
        assertThat(directory.resolve("p.png")).exists();
        assertThatThrownBy(() -> run("plot", "m.safetensors", "--x", "bb"))
                .hasMessageContaining("did you mean b?");
    }

    @Test
    void refusesErrorBarsOfWhatHasNone() throws IOException {
        kernfield.engine().write(new Image(4, 4, 1, new float[16]), directory.resolve("p.png"));
        run("fit", "p.png", "--as", "flat", "--steps", "1", "--out", "m.safetensors");
        put("at.csv", "0,0\n");
        assertThatThrownBy(() -> run("plot", "m.safetensors", "--out", "q.png"))
                .hasMessageContaining("which has no error bars");
        assertThatThrownBy(
                        () ->
                                run(
                                        "eval",
                                        "m.safetensors",
                                        "--at",
                                        "at.csv",
                                        "--out",
                                        "o.csv",
                                        "--std"))
                .hasMessageContaining("which has no error bars");
    }

    @Test
    void tellsWhatATableAndItsModelHold() throws IOException {
        fitLine();
        assertThat(run("info", "line.csv"))
                .hasToString(
                        "{kind=table, format=csv, rows=3, columns=2, names=[x, y],"
                                + " textColumns=[]}");
        var reply = reply("info", "m.safetensors");
        assertThat(reply.text()).endsWith("as straight as can be");
        assertThat(reply.fields().get("report")).isInstanceOf(Report.class);
    }

    @Test
    void comparesTablesWhateverTheirSeparator() throws IOException {
        put("a.csv", "\uFEFFx;y\r\n1;2\r\n");
        put("b.tsv", "1\t5\n");
        assertThat(run("compare", "a.csv", "b.tsv").get("max")).isEqualTo(3.0);
        put("c.csv", "1,\n");
        assertThatThrownBy(() -> run("compare", "a.csv", "c.csv"))
                .hasMessageContaining("c.csv: line 1, column 2: missing or infinite");
    }
}
