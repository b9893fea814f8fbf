package org.kernfield.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Processes that are stopped, killed, resumed, and run side by side. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class InterruptTest {
    /** Far more steps than any of these fits is left to take at first. */
    private static final String MANY = "1000000";

    private static final Duration PROMPT = Duration.ofSeconds(5);

    @TempDir Path temp;

    private Kernfield kernfield;
    private Path picture;

    @BeforeEach
    void draw() throws IOException {
        kernfield = new Kernfield(temp.resolve("home"));
        picture = Pictures.waves(temp.resolve("waves.png"), 64, 64);
    }

    @Test
    void ctrlCStopsPromptlyAndTheFitCanBeResumed() throws Exception {
        var fit = fit("a", MANY);
        awaitState(fit, "job.properties");
        long start = System.nanoTime();
        fit.signal("INT");
        Ended ended = fit.end();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        assertThat(ended.status()).isNotZero();
        assertThat(ended.complaints())
                .singleElement()
                .asString()
                .contains("kernfield resume waves-1");
        assertThat(temp.resolve("a.safetensors")).doesNotExist();
        var step = Pattern.compile("stopped at step (\\d+)").matcher(ended.err());
        assertThat(step.find()).isTrue();
        assertResumes(Long.parseLong(step.group(1)));
    }

    @Test
    void aKilledFitIsResumedFromItsCheckpoint() throws Exception {
        var fit = fit("a", MANY);
        awaitState(fit, "state.safetensors");
        fit.signal("KILL");
        fit.end();
        Ended listed = kernfield.run("jobs", "--json").well();
        assertThat(listed.field("state")).isEqualTo("stopped");
        assertThat(listed.number("step")).isPositive();
        assertResumes((long) listed.number("step"));
    }

    @Test
    void anotherProcessMovesAndCancelsIt() throws Exception {
        var fit = fit("a", MANY);
        awaitState(fit, "job.properties");
        kernfield.run("swap", "waves-1", "reference", "--json").well();
        kernfield.run("cancel", "waves-1", "--json").well();
        Ended ended = fit.end();
        assertThat(ended.err()).contains("stopped at step");
        assertThat(kernfield.run("jobs", "--json").well().field("state")).isEqualTo("stopped");
    }

    /** With a few steps more, so that it ends soon; the job knows where its model was to go. */
    private void assertResumes(long from) throws Exception {
        String steps = "" + (from + 100);
        Ended resumed = kernfield.run("resume", "waves-1", "--steps", steps, "--json").well();
        assertThat(resumed.field("steps")).isEqualTo(steps);
        assertThat(resumed.number("psnr")).isGreaterThan(15);
        assertThat(Path.of(out("a"))).isNotEmptyFile();
    }

    @Test
    void twoProcessesShareADirectory() throws Exception {
        var one = fit("one", "150");
        var two = fit("two", "150");
        String first = one.end().well().field("job");
        String second = two.end().well().field("job");
        assertThat(first).isNotEqualTo(second);
        assertThat(Path.of(out("one"))).hasSameBinaryContentAs(Path.of(out("two")));
    }

    private String out(String name) {
        return temp.resolve(name + ".safetensors").toString();
    }

    private Kernfield.Running fit(String name, String steps) throws IOException {
        return kernfield.start(
                "fit",
                picture.toString(),
                "--kernels",
                "30",
                "--threads",
                "1",
                "--steps",
                steps,
                "--out",
                out(name),
                "--json");
    }

    /** Waits until the running job has written a file. */
    private void awaitState(Kernfield.Running fit, String file) throws Exception {
        Path job = kernfield.home().resolve("jobs/waves-1");
        Files.createDirectories(job.getParent());
        try (var watch = FileSystems.getDefault().newWatchService()) {
            job.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            boolean isWatched = false;
            while (!Files.exists(job.resolve(file))) {
                if (!isWatched && Files.isDirectory(job)) {
                    job.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                    isWatched = true;
                } else {
                    var key = watch.poll(60, TimeUnit.SECONDS);
                    assertThat(key).as("%s; %s", file, Files.readString(fit.err())).isNotNull();
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }
}
