package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Backends that leave and come back in the middle of a fit. */
@DisabledOnOs(OS.WINDOWS)
class BackendSwapTest {
    @TempDir Path temp;

    private Runtime runtime;

    @BeforeEach
    void start() throws IOException {
        runtime = Runtime.start(temp);
        // what has been compiled here lets the fits below take their first step at once
        fit("warm", "1").end().well();
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void aFitMovesToTheReferenceWhenItsBackendLeavesAndComesBackWithIt() throws Exception {
        Command fit = fit("moved", "5");
        fit.awaitSaid("steps/s");
        runtime.bundle(Runtime.CPU).stop();
        runtime.awaitJob("moved-1", "running");
        assertThat(runtime.run("backends", "--json").out()).doesNotContain("cpu");
        runtime.bundle(Runtime.CPU).start();
        Ended end = fit.end().well();
        assertThat(end.field("backend")).isEqualTo("cpu");
        assertThat(end.number("psnr")).isGreaterThan(15);
        assertThat(log())
                .containsPattern("moved-1 step \\d+: cpu → reference .service withdrawn.")
                .containsPattern("moved-1 step \\d+: reference → cpu .preferred one is there.");
    }

    @Test
    void aFitWaitsWhileNoBackendIsThere() throws Exception {
        Command fit = fit("waiting", "5");
        fit.awaitSaid("steps/s");
        runtime.bundle(Runtime.REFERENCE).stop();
        runtime.bundle(Runtime.CPU).stop();
        runtime.awaitJob("waiting-1", "waiting");
        runtime.bundle(Runtime.CPU).start();
        Ended end = fit.end().well();
        assertThat(end.field("backend")).isEqualTo("cpu");
        assertThat(end.number("psnr")).isGreaterThan(15);
    }

    @Test
    void movesLoseNoStepAndLeaveNoClassLoader() throws Exception {
        // with one backend alone the fit waits meanwhile, and ends in the same bits
        runtime.bundle(Runtime.REFERENCE).stop();
        Ended bench = runtime.run("bench", "swap", "--moves", "3", "--json").well();
        assertThat(bench.number("moves")).isEqualTo(3);
        assertThat(bench.number("stepsLost")).isZero();
        assertThat(bench.number("errors")).isZero();
        assertThat(bench.number("leakedLoaders")).isZero();
        assertThat(bench.number("psnrDifference")).isZero();
    }

    @Test
    void movesToTheReferenceAndBackLoseNoStep() throws Exception {
        Ended bench = runtime.run("bench", "swap", "--moves", "4", "--json").well();
        assertThat(bench.number("stepsLost")).isZero();
        assertThat(bench.number("errors")).isZero();
        assertThat(bench.number("leakedLoaders")).isZero();
    }

    private Command fit(String name, String seconds) throws IOException {
        Path picture = Pictures.waves(temp.resolve(name + ".png"), 32, 32);
        return runtime.start(
                "fit",
                picture.toString(),
                "--kernels",
                "20",
                "--seconds",
                seconds,
                "--out",
                temp.resolve(name + ".model.safetensors").toString(),
                "--json");
    }

    private static String log() throws IOException {
        return Files.readString(Path.of(System.getProperty("kernfield.log.file")));
    }
}
