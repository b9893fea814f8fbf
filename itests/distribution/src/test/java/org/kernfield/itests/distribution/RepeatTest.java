package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is the same and what is not when a fit with a number of steps is run again. */
@DisabledOnOs(OS.WINDOWS)
class RepeatTest {
    @TempDir static Path temp;

    private static Runtime runtime;
    private static Path picture;

    @BeforeAll
    static void start() throws IOException {
        runtime = Runtime.start(temp);
        picture = Pictures.waves(temp.resolve("waves.png"), 150, 110);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @Test
    void oneTwoAndThreeThreadsWriteTheSameModel() {
        Path one = fit(7, 1);
        for (int threads : new int[] {2, 3}) {
            assertThat(fit(7, threads)).hasSameBinaryContentAs(one);
        }
    }

    @Test
    void anotherSeedGivesAnotherModel() throws IOException {
        assertThat(Files.mismatch(fit(7, 2), fit(8, 2))).isNotNegative();
    }

    @Test
    void theReferenceRepeatsToo() {
        assertThat(small(2)).hasSameBinaryContentAs(small(1));
    }

    private static Path fit(long seed, int threads) {
        return fit(picture, List.of("--parameters", "4000", "--steps", "60"), seed, threads);
    }

    private static Path small(int threads) {
        try {
            Path tiny = Pictures.grey(temp.resolve("tiny.png"), 14, 12);
            var options = List.of("--kernels", "6", "--steps", "4", "--backend", "reference");
            return fit(tiny, options, 1, threads);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path fit(Path picture, List<String> options, long seed, int threads) {
        Path model = temp.resolve("model-" + System.nanoTime() + ".safetensors");
        var words = new java.util.ArrayList<>(List.of("fit", picture.toString()));
        words.addAll(options);
        words.addAll(List.of("--seed", "" + seed, "--threads", "" + threads));
        words.addAll(List.of("--out", model.toString()));
        runtime.run(words.toArray(String[]::new)).well();
        return model;
    }
}
