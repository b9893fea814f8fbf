package org.kernfield.shell.internal.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kernfield.field.Image;
import org.kernfield.shell.internal.Console;
import org.kernfield.shell.internal.Failure;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cross-validation, over the engine itself and a representation of one straight line. */
class CrossValidationTest extends TableShell {
    @Test
    void crossValidatesEveryRowOnce() throws IOException {
        put("line.csv", "x,y\n-1,-1\n0,1\n1,3\n2,5.5\n3,7\n4,9\n");
        var report = (CvReport) reply("cv", "line.csv", "--as", "straight", "--folds", "3");
        assertThat(kernfield.engine().jobs()).isEmpty();
        assertThat(report.folds()).hasSize(3);
        assertThat(report.folds()).allMatch(f -> f.held() == 2 && f.rows() == 4);
        assertThat(report.folds()).allMatch(f -> f.logMarginal() == -1.5);
        double[] rmse = report.folds().stream().mapToDouble(FoldScore::rmse).toArray();
        double mean = (rmse[0] + rmse[1] + rmse[2]) / 3;
        double squares = 0;
        for (double value : rmse) {
            squares += (value - mean) * (value - mean);
        }
        assertThat(report.mean(FoldScore::rmse).mean()).isCloseTo(mean, within(1e-15));
        assertThat(report.mean(FoldScore::rmse).se())
                .isCloseTo(Math.sqrt(squares / 2 / 3), within(1e-15));
        assertThat(report.text()).contains("3 folds").contains("±");
        assertThatThrownBy(() -> run("cv", "line.csv", "--as", "straight", "--folds", "7"))
                .hasMessageContaining("only 6 rows");
    }

    @Test
    void forgetsTheJobsOfACrossValidationThatFails() throws IOException {
        Path uci = Files.createDirectory(directory.resolve("uci"));
        Files.writeString(uci.resolve("data.csv"), "-1,-1\n0,1\n1,3\n0,2\n");
        Files.writeString(uci.resolve("test_mask.csv"), "0,0\n0,0\n0,0\n1,0\n");
        // nothing is held out in the second split
        assertThatThrownBy(() -> run("cv", "uci", "--as", "straight"));
        assertThat(kernfield.engine().jobs()).isEmpty();
        kernfield.engine().write(new Image(4, 4, 1, new float[16]), directory.resolve("p.png"));
        assertThatThrownBy(() -> run("cv", "p.png", "--as", "flat", "--steps", "1"))
                .hasMessageContaining("it holds no table");
        assertThat(kernfield.engine().jobs()).isEmpty();
    }

    @Test
    void forgetsTheJobOfACrossValidationThatIsStopped() throws Exception {
        put("line.csv", "x,y\n-1,-1\n0,1\n1,3\n2,5.5\n");
        var failure = new Throwable[1];
        var validating =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    Thread.currentThread().interrupt();
                                    try {
                                        run("cv", "line.csv", "--as", "straight", "--folds", "2");
                                    } catch (Failure e) {
                                        failure[0] = e;
                                    }
                                });
        validating.join();
        assertThat(failure[0]).hasMessage("cv: stopped in fold 1 of 2; start it again");
        assertThat(kernfield.engine().jobs()).isEmpty();
    }

    @Test
    void showsTheScoresOfEachFoldOnATerminal() throws IOException {
        put("line.csv", "x,y\n-1,-1\n0,1\n1,3\n2,5.5\n");
        var print = new PrintStream(err, true, StandardCharsets.UTF_8);
        var terminal = new Console(print, print, true, () -> 80, directory);
        verbs.run("cv", List.of("line.csv", "--as", "straight", "--folds", "2"), terminal);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.matches(".*  RMSE .*, NLPD .*, 95 % intervals hold .*"))
                .hasSize(2);
    }

    @Test
    void crossValidatesOverTheSplitsThatComeWithATable() throws IOException {
        Path uci = Files.createDirectory(directory.resolve("uci"));
        Files.writeString(uci.resolve("data.csv"), "-1,-1\n0,1\n1,3\n0,2\n");
        Files.writeString(uci.resolve("test_mask.csv"), "0,0\n0,1\n0,0\n1,0\n");
        var report = (CvReport) reply("cv", "uci", "--as", "straight");
        assertThat(report.folds()).hasSize(2);
        assertThat(report.folds().getFirst().rmse()).isCloseTo(Math.sqrt(3.0 / 8), within(1e-12));
        assertThatThrownBy(() -> run("cv", "uci", "--as", "straight", "--set", "split=1"))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.status()).isEqualTo(Failure.USAGE));
    }

    @Test
    void crossValidationSaysWhenNothingWasLearnt() throws IOException {
        put("line.csv", "x,y\n-1,-1\n0,1\n1,3\n2,5\n");
        assertThat(reply("cv", "line.csv", "--as", "straight", "--folds", "4").text())
                .doesNotContain("nothing was learnt");
        put("zigzag.csv", "x,y\n-3,1\n-2,-1\n-1,1\n0,-1\n1,1\n2,-1\n");
        assertThat(reply("cv", "zigzag.csv", "--as", "straight", "--folds", "6").text())
                .contains("nothing was learnt: ");
    }
}
