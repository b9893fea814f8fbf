package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** A training of splats that was stopped, and what the rest of it writes. */
@DisabledOnOs(OS.WINDOWS)
class ResumedTrainingTest {
    private static final int SIZE = 48;

    @TempDir Path temp;

    private Runtime runtime;

    @BeforeEach
    void start() {
        runtime = Runtime.start(temp);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void writesItsTestViewsAsAWholeOneDoes() throws Exception {
        Path scene = Photographs.ring(temp.resolve("scene"), 6, SIZE);
        Path views = temp.resolve("views");
        Path model = temp.resolve("model.safetensors");
        Command training =
                runtime.start(
                        "fit",
                        scene.toString(),
                        "--as",
                        "splat",
                        "--steps",
                        "1000000",
                        "--set",
                        "cap=200",
                        "--set",
                        "testEvery=3",
                        "--set",
                        "writeTestViews=" + views,
                        "--out",
                        model.toString());
        training.awaitSaid("steps/s");
        runtime.run("cancel", "scene-1").well();
        assertThat(training.end().status()).isEqualTo(1);
        assertThat(views).doesNotExist();

        long reached = (long) runtime.run("jobs", "--json").well().number("step");
        Ended resumed =
                runtime.run("resume", "scene-1", "--steps", "" + (reached + 5), "--json").well();

        assertThat(resumed.number("testViews")).isEqualTo(2);
        assertThat(views.toFile().list())
                .containsExactlyInAnyOrder("0.png", "0.truth.png", "3.png", "3.truth.png");
        assertThat(difference(views.resolve("3.truth.png"), scene.resolve("3.png")))
                .as("the truth is the photograph")
                .isLessThan(1);
        double psnr =
                runtime.run(
                                "compare",
                                views.resolve("0.png").toString(),
                                views.resolve("0.truth.png").toString(),
                                "--json")
                        .well()
                        .number("psnr");
        double other =
                runtime.run(
                                "compare",
                                views.resolve("3.png").toString(),
                                views.resolve("3.truth.png").toString(),
                                "--json")
                        .well()
                        .number("psnr");
        assertThat((psnr + other) / 2)
                .as("the pictures have the PSNR that is reported")
                .isCloseTo(
                        resumed.number("testPsnr"), org.assertj.core.api.Assertions.within(0.01));
    }

    /** Largest difference of two pictures' bytes. */
    private static int difference(Path a, Path b) throws IOException {
        var one = ImageIO.read(a.toFile());
        var two = ImageIO.read(b.toFile());
        int largest = 0;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    int is = (one.getRGB(x, y) >> shift) & 0xFF;
                    int should = (two.getRGB(x, y) >> shift) & 0xFF;
                    largest = Math.max(largest, Math.abs(is - should));
                }
            }
        }
        return largest;
    }
}
