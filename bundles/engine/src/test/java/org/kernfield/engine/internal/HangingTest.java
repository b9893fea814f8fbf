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
import org.kernfield.engine.Setbacks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A representation that hangs in its own code: it calls no backend and looks at no token. */
@Timeout(60)
class HangingTest {
    private static final long STEPS = 8;

    @TempDir Path home;
    private FieldEngine engine;
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Named one = new Named("one", 10);
    private final Named two = new Named("two", 5);
    private final Gate gate = new Gate(3);
    private final AtomicBoolean hangs = new AtomicBoolean(true);
    private final Blobs blobs = new Blobs(this::inStep);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("hanging"), Duration.ofSeconds(1));
        engine.add(one);
        engine.add(two);
    }

    @AfterEach
    void close() {
        over.countDown();
        engine.close();
    }

    private void inStep(long step) {
        gate.accept(step);
        if (step == 5 && hangs.compareAndSet(true, false)) {
            hanging.countDown();
            while (over.getCount() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** A job on the backend two, with a snapshot of step 4, that hangs in the second step after. */
    private Job hanging() throws Exception {
        engine.add(blobs);
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        job.swap("two");
        gate.open();
        hanging.await();
        return job;
    }

    private void assertUndisturbed(Job job) throws Exception {
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(STEPS, home.resolve("plain")));
    }

    @Test
    void runsUntilItIsCancelledAndIsResumedFromItsSnapshot() throws Exception {
        Job job = hanging();
        assertUndisturbed(engine.submit(Samples.steps(STEPS)));
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        job.cancel();
        assertThat(job.await().state()).isEqualTo(JobState.STOPPED);
        assertUndisturbed(engine.resume(job.id(), Resume.unchanged()));
    }

    @Test
    void isReplacedByAnUpdate() throws Exception {
        Job job = hanging();
        engine.remove(blobs);
        Samples.await(job, JobState.SUSPENDED);
        assertThat(job.status().why()).isEqualTo("blobs: the representation left during a step");
        engine.add(new Blobs());
        assertUndisturbed(job);
        assertThat(job.status().setbacks()).isEqualTo(new Setbacks(1, 0, 1));
    }

    @Test
    void isReplacedByAnUpdateThatComesBeforeItIsGivenUp() throws Exception {
        Job job = hanging();
        engine.remove(blobs);
        engine.add(new Blobs());
        assertUndisturbed(job);
        assertThat(job.status().setbacks()).isEqualTo(new Setbacks(1, 0, 1));
    }

    @Test
    void isCancelledShortlyBeforeItIsGivenUp() throws Exception {
        Job job = hanging();
        engine.remove(blobs);
        Thread.sleep(500); // half of what it is given
        job.cancel();
        assertThat(job.await().state()).isEqualTo(JobState.STOPPED);
    }

    @Test
    void isLeftBehindWhenItsBackendLeaves() throws Exception {
        Job job = hanging();
        engine.remove(two);
        assertUndisturbed(job);
        assertThat(job.status().backend()).isEqualTo("one");
        assertThat(job.status().setbacks()).isEqualTo(new Setbacks(1, 0, 1));
    }
}
