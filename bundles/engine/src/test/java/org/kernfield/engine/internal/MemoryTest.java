package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.backend.Budget;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Resume;
import org.kernfield.field.AbsentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Jobs that share too little memory, and jobs that are given little of it. */
@Timeout(60)
class MemoryTest {
    /** Whose buffers are more than half of the memory there is. */
    private static final long BLOBS = 20_000;

    private static final long BYTES = 1_200_000;

    @TempDir Path home;
    private FieldEngine engine;
    private final Budget budget = new Budget(BYTES);
    private final Named backend = new Named("only", 0);

    @BeforeEach
    void open() {
        engine =
                new FieldEngine(home.resolve("memory"), Duration.ofSeconds(20), new Grants(budget));
        engine.add(backend);
        engine.add(new Blobs());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static FitRequest large() {
        return Samples.steps(3).set("count", BLOBS);
    }

    @Test
    void aJobWaitsForMemoryThatOthersHoldAndThenGoesOn() throws Exception {
        var holds = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        backend.beforeRun =
                () -> {
                    holds.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        Job first = engine.submit(large());
        holds.await();
        Job second = engine.submit(large());
        Job third = engine.submit(large());
        Samples.await(second, JobState.WAITING);
        Samples.await(third, JobState.WAITING);
        assertThat(second.status().why()).contains("memory: it needs", "others hold");
        assertThat(first.status().state()).isEqualTo(JobState.RUNNING);
        goOn.countDown();
        var weights = new ArrayList<float[]>();
        for (Job job : new Job[] {first, second, third}) {
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
            weights.add(Samples.weights(job.result()));
        }
        assertThat(weights.get(1)).isEqualTo(weights.get(0));
        assertThat(weights.get(2)).isEqualTo(weights.get(0));
        assertThat(budget.used()).isZero();
    }

    @Test
    void aJobThatIsAllowedTooLittleFailsWithTheFigures() throws Exception {
        Job job = engine.submit(large().memory(100_000));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThatThrownBy(job::result).hasMessageContaining("the job's memory");
        assertThat(engine.submit(large()).await().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void aJobThatFailedAtItsBoundGoesOnWithMore() throws Exception {
        var gate = new Gate(1);
        engine.add(new Blobs(gate));
        Job job = engine.submit(large());
        gate.awaitReached();
        Samples.stop(job, gate);
        Job bounded = engine.resume(job.id(), new Resume(null, null, null, 100_000L, null));
        assertThat(bounded.await().state()).isEqualTo(JobState.FAILED);
        assertThat(bounded.status().why()).contains("the job's memory");
        Job resumed = engine.resume(job.id(), new Resume(null, null, null, BYTES, null));
        assertThat(resumed.await().state()).isEqualTo(JobState.DONE);
        Job undisturbed = engine.submit(large());
        undisturbed.await();
        assertThat(Samples.weights(resumed.result()))
                .isEqualTo(Samples.weights(undisturbed.result()));
    }

    @Test
    void aJobThatCanNeverHaveEnoughFailsAtOnce() throws Exception {
        Job job = engine.submit(Samples.steps(3).set("count", 10 * BLOBS));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThatThrownBy(job::result).hasMessageContaining("needs");
    }

    @Test
    void whoStandsStillAfterItWasLetGoOnKeepsNobodyWaiting() throws Exception {
        var holds = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var away = new AtomicReference<>("nobody");
        engine.add(
                new Blobs(
                        step -> {
                            if (Thread.currentThread().getName().endsWith(away.get())) {
                                throw new AbsentException("tool = saw: is not here", "use hammer");
                            }
                        }));
        backend.beforeRun =
                () -> {
                    holds.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        Job first = engine.submit(large());
        holds.await();
        Job second = engine.submit(large());
        Samples.await(second, JobState.WAITING);
        Job third = engine.submit(large());
        Samples.await(third, JobState.WAITING);
        away.set(second.id());
        goOn.countDown();
        assertThat(first.await().state()).isEqualTo(JobState.DONE);
        assertThat(third.await(Duration.ofSeconds(20)).state()).isEqualTo(JobState.DONE);
        assertThat(second.status().state()).isEqualTo(JobState.SUSPENDED);
        away.set("nobody");
        assertThat(second.await().state()).isEqualTo(JobState.DONE);
    }
}
