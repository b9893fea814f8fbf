package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FitException;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.JobStatus;
import org.kernfield.engine.Resume;
import org.kernfield.field.Representation;
import org.kernfield.field.SettingException;
import org.kernfield.kernel.Op;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

class JobTest {
    @TempDir Path home;
    private FieldEngine engine;

    @BeforeEach
    void open() {
        engine = with(new Blobs());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private FieldEngine with(Representation representation) {
        var opened = new FieldEngine(home);
        opened.add(new Named("one", 0));
        opened.add(representation);
        return opened;
    }

    @Test
    void labelsTheModelWithoutAnyTime() throws Exception {
        Job job = engine.submit(Samples.steps(3).set("count", 5));
        job.await();
        assertThat(job.result().metadata())
                .containsOnlyKeys("height", "metrics", "seed", "settings", "steps", "width")
                .containsEntry("seed", "7")
                .containsEntry("steps", "3")
                .containsEntry("settings", "{\"count\":\"5\"}");
        assertThat(job.result().metadata().get("metrics")).startsWith("{\"loss\":");
    }

    @Test
    void leavesNothingOfAJobThatIsForgotten() throws Exception {
        Job job = engine.submit(Samples.steps(3));
        job.await();
        try (var kept = Files.list(home.resolve("jobs"))) {
            assertThat(kept).hasSize(1);
        }
        engine.forget(job.id());
        try (var kept = Files.list(home.resolve("jobs"))) {
            assertThat(kept).isEmpty();
        }
        assertThat(engine.jobs()).isEmpty();
        assertThat(job.result().metadata()).containsEntry("steps", "3");
        assertThatThrownBy(() -> engine.forget(job.id()))
                .hasMessageStartingWith(job.id() + ": no such job");
    }

    @Test
    void givesTheSeedToTheRepresentation() throws Exception {
        float[] seven = run(engine.submit(Samples.steps(3)));
        float[] eight = run(engine.submit(Samples.steps(3).seed(8)));
        assertThat(seven).isNotEqualTo(eight);
    }

    private static float[] run(Job job) throws Exception {
        job.await();
        return Samples.weights(job.result());
    }

    @Test
    void givesTheSameModelForAnyNumberOfThreads() throws Exception {
        float[] one = run(engine.submit(Samples.steps(10)));
        assertThat(run(engine.submit(Samples.steps(10).threads(2)))).isEqualTo(one);
        assertThat(run(engine.submit(Samples.steps(10).threads(3)))).isEqualTo(one);
    }

    @Test
    void stopsAtItsSeconds() throws Exception {
        Job job = engine.submit(Samples.steps(1).steps(null).seconds(0.3));
        JobStatus status = job.await();
        assertThat(status.state()).isEqualTo(JobState.DONE);
        assertThat(status.seconds()).isBetween(0.3, 5.0);
        assertThat(status.step()).isPositive();
    }

    @Test
    void stopsWhenTheFitIsDone() throws Exception {
        Job job = engine.submit(Samples.steps(1000).set("target", 100));
        assertThat(job.await().step()).isOne();
    }

    @Test
    void tellsListenersOfTheEnd() throws Exception {
        var gate = new Gate(1);
        engine.close();
        engine = with(new Blobs(gate));
        Job job = engine.submit(Samples.steps(3));
        var told = new CopyOnWriteArrayList<JobStatus>();
        job.listen(told::add);
        gate.open();
        job.await();
        Samples.await(job, JobState.DONE);
        while (told.isEmpty() || told.getLast().state() != JobState.DONE) {
            Thread.onSpinWait();
        }
        assertThat(told.getLast().fraction()).isEqualTo(1);
        assertThat(told.getLast().firstResultSeconds()).isPositive();
    }

    @Test
    void refusesAnUnknownSettingAndLeavesNothing() {
        assertThatThrownBy(() -> engine.submit(Samples.steps(3).set("cuont", 5)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("count");
        assertThat(engine.jobs()).isEmpty();
    }

    @Test
    void leavesNothingOfAJobThatTheRepresentationRefuses() throws Exception {
        assertThatThrownBy(() -> engine.submit(Samples.steps(3).seed(-1)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("seed = -1: out of range");
        assertThat(engine.jobs()).isEmpty();
        try (var left = Files.list(home.resolve("jobs"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesAnUnknownBackendNamingTheOthers() {
        assertThatThrownBy(() -> engine.submit(Samples.steps(3).on("cuda")))
                .hasMessage("cuda: no such backend is here; use one of [one]");
    }

    @Test
    void failsWithTheBudgetsSentence() throws Exception {
        Job job = engine.submit(Samples.steps(3).set("count", 1_000_000_000));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThatThrownBy(job::result)
                .isInstanceOf(FitException.class)
                .hasMessageContaining("GB of memory");
    }

    @Test
    void resumesToTheSameBitsInAnotherEngine() throws Exception {
        var gate = new Gate(11);
        engine.close();
        engine = with(new Blobs(gate));
        Job job = engine.submit(Samples.steps(30));
        gate.awaitReached();
        job.cancel();
        gate.open();
        JobStatus stopped = job.await();
        assertThat(stopped.state()).isEqualTo(JobState.STOPPED);
        assertThat(stopped.why()).contains("kernfield resume " + job.id());
        engine.close();

        engine = with(new Blobs());
        assertThat(engine.jobs())
                .extracting(JobStatus::state, JobStatus::step)
                .containsExactly(org.assertj.core.api.Assertions.tuple(JobState.STOPPED, 12L));
        Job resumed = engine.resume(job.id(), Resume.unchanged());
        float[] weights = run(resumed);
        assertThat(resumed.status().step()).isEqualTo(30);
        assertThat(weights).isEqualTo(Samples.undisturbed(30, home.resolve("plain")));
        assertThat(resumed.result().metadata())
                .isEqualTo(metadata(engine.submit(Samples.steps(30))));
    }

    private static java.util.Map<String, String> metadata(Job job) throws Exception {
        job.await();
        return job.result().metadata();
    }

    @Test
    void namesTheOperationABackendLacks() throws Exception {
        engine.close();
        engine = new FieldEngine(home);
        var partial = new Named("partial", 1);
        partial.unknown = Set.of(Op.EXP);
        engine.add(partial);
        engine.add(new Blobs());
        Job job = engine.submit(Samples.steps(2));
        assertThat(job.await().why()).contains("backend partial does not know exp");
    }

    @Test
    void leavesOnlyARecordOfAFinishedJob() throws Exception {
        Job job = engine.submit(Samples.steps(2));
        job.await();
        try (var files = Files.list(home.resolve("jobs").resolve(job.id()))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("job.properties", "lock");
        }
        assertThatThrownBy(() -> engine.resume(job.id(), Resume.unchanged()))
                .hasMessageContaining("it is finished");
    }

    @Test
    void refusesToResumeWhatIsNotThere() {
        assertThatThrownBy(() -> engine.resume("../x", Resume.unchanged()))
                .hasMessageStartingWith("../x: no such job");
    }

    @Test
    void refusesToResumeWhatAnotherEngineRuns() throws Exception {
        var gate = new Gate(1);
        engine.close();
        engine = with(new Blobs(gate));
        Job job = engine.submit(Samples.steps(3));
        gate.awaitReached();
        try (var other = with(new Blobs())) {
            assertThat(other.jobs().getFirst().state()).isEqualTo(JobState.RUNNING);
            assertThatThrownBy(() -> other.resume(job.id(), Resume.unchanged()))
                    .hasMessageContaining("it is running");
        } finally {
            gate.open();
        }
    }

    @Test
    void breaksOffAStepThatDoesNotEndSoonAfterCancelling() throws Exception {
        engine.close();
        var endless = new Endless();
        engine = with(endless);
        Job job = engine.submit(Samples.steps(3).as("endless"));
        endless.awaitStep();
        long start = System.nanoTime();
        job.cancel();
        assertThat(job.await().state()).isEqualTo(JobState.STOPPED);
        assertThat((System.nanoTime() - start) * 1e-9).isLessThan(2.5);
    }

    @Test
    void keepsTheFitWhenItsHomeCannotBeWritten() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        try (var unkept = new FieldEngine(file)) {
            unkept.add(new Named("one", 0));
            unkept.add(new Blobs());
            assertThat(run(unkept.submit(Samples.steps(2)))).hasSize(4);
            assertThat(Checks.disk(file).ok()).isFalse();
        }
    }

    @Test
    void numbersJobsOfOneName() throws Exception {
        List<String> ids =
                List.of(engine.submit(Samples.steps(1)).id(), engine.submit(Samples.steps(1)).id());
        assertThat(ids).containsExactly("image-1", "image-2");
    }
}
