package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Resume;
import org.kernfield.field.Representation;

import java.nio.file.Path;

/** Jobs whose representation comes back in a version that cannot read their state. */
@Timeout(60)
class VersionsTest {
    private static final long STEPS = 9;

    @TempDir Path home;
    private FieldEngine engine;
    private final Gate gate = new Gate(4);
    private final Blobs first = new Blobs(gate);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("versions"));
        engine.add(new Named("fast", 10));
        engine.add(new Named("slow", 5));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Job begun(Representation representation) throws Exception {
        engine.add(representation);
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        return job;
    }

    /** With the representation it was begun with away. */
    private Job suspended() throws Exception {
        Job job = begun(first);
        remove(first, gate);
        Samples.await(job, JobState.SUSPENDED);
        return job;
    }

    /** Takes a representation away from a job that waits at a gate. */
    private void remove(Representation representation, Gate gate) throws Exception {
        Thread remover = Thread.ofPlatform().start(() -> engine.remove(representation));
        while (!engine.representations().isEmpty()) {
            Thread.onSpinWait();
        }
        gate.open();
        remover.join();
    }

    private static void awaitWhy(Job job, String why) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!job.status().why().contains(why)) {
            assertThat(System.nanoTime()).as(job.status().toString()).isLessThan(deadline);
            Thread.sleep(5);
        }
        assertThat(job.status().state()).isEqualTo(JobState.SUSPENDED);
    }

    private Path stateOf(Job job) {
        return engine.home().resolve("jobs").resolve(job.id()).resolve("state.safetensors");
    }

    private void assertGoesOnWith(Representation good, Job job) throws Exception {
        assertThat(stateOf(job)).isRegularFile();
        engine.add(good);
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(STEPS, home.resolve("plain")));
    }

    @Test
    void anOlderVersionIsNotAskedToRead() throws Exception {
        Job job = suspended();
        engine.add(new Blobs(step -> {}, 0));
        awaitWhy(job, "blobs: only version 0 is here; it goes on with version 1");
        assertGoesOnWith(new Blobs(), job);
    }

    @Test
    void aVersionOlderThanTheOneThatWroteLastIsNotAskedToRead() throws Exception {
        Job job = suspended();
        var later = new Gate(6);
        var second = new Blobs(later, 2);
        engine.add(second);
        later.awaitReached();
        remove(second, later);
        Samples.await(job, JobState.SUSPENDED);
        engine.add(new Blobs());
        awaitWhy(job, "blobs: only version 1 is here; it goes on with version 2");
        assertGoesOnWith(new Blobs(step -> {}, 2), job);
    }

    @Test
    void aNewerVersionThatCannotReadTheStateWaitsForOneThatCan() throws Exception {
        Job job = suspended();
        engine.add(new Unreading(new Blobs(step -> {}, 2)));
        awaitWhy(
                job,
                "blobs: the one that is here, version 2, cannot read the state"
                        + " (java.lang.IllegalArgumentException: no array 'shapes')");
        assertGoesOnWith(new Blobs(step -> {}, 2), job);
    }

    @Test
    void anUpdateOfTheSameVersionThatCannotReadTheStateWaitsForOneThatCan() throws Exception {
        Job job = suspended();
        engine.add(new Unreading(new Blobs()));
        awaitWhy(job, "version 1, cannot read the state");
        assertGoesOnWith(new Blobs(), job);
    }

    @Test
    void anotherProcessWithANewerVersionKeepsTheState() throws Exception {
        Job job = begun(first);
        Samples.stop(job, gate);
        engine.close();
        engine = new FieldEngine(home.resolve("versions"));
        engine.add(new Named("fast", 10));
        engine.add(new Unreading(new Blobs(step -> {}, 2)));
        Job resumed = engine.resume(job.id(), Resume.unchanged());
        awaitWhy(resumed, "version 2, cannot read the state");
        assertGoesOnWith(new Blobs(step -> {}, 2), resumed);
    }

    @Test
    void oneThatCannotReadItsOwnStateFails() throws Exception {
        Job job = begun(new Unreading(new Blobs(gate)));
        job.swap("slow");
        gate.open();
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().why()).isEqualTo("no array 'shapes'");
        assertThat(stateOf(job)).isRegularFile();
    }
}
