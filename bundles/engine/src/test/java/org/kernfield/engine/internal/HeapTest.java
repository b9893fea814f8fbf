package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A full Java heap meets whoever asks next, which need not be who filled it. */
@Timeout(60)
class HeapTest {
    private static final long STEPS = 6;

    @TempDir Path home;
    private FieldEngine engine;

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("heap"));
        engine.add(new Named("one", 0));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aJobThatFindsTheHeapFullOnceGoesOnToTheSameNumbers() throws Exception {
        var left = new AtomicInteger(1);
        engine.add(
                new Blobs(
                        step -> {
                            if (step == 3 && left.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("Java heap space");
                            }
                        }));
        Job job = engine.submit(Samples.steps(STEPS));
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(STEPS, home.resolve("plain")));
        assertThat(job.log()).anyMatch(line -> line.contains("the Java heap is full"));
    }

    @Test
    void aJobThatFillsTheHeapAgainAtTheSameStepFails() throws Exception {
        var tries = new AtomicInteger();
        engine.add(
                new Blobs(
                        step -> {
                            if (step == 3) {
                                tries.incrementAndGet();
                                throw new OutOfMemoryError("Java heap space");
                            }
                        }));
        Job job = engine.submit(Samples.steps(STEPS));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThatThrownBy(job::result).hasMessageContaining("the Java heap is full");
        assertThat(tries).hasValue(2);
    }

    @Test
    void aJobEndsThoughThereIsNoMemoryLeftToSayWhy() throws Exception {
        engine.add(
                new Blobs(
                        step -> {
                            if (step == 3) {
                                throw new Untold();
                            }
                        }));
        Job job = engine.submit(Samples.steps(STEPS));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
    }

    /** Telling of it takes memory that is not there. */
    private static final class Untold extends OutOfMemoryError {
        private static final long serialVersionUID = 1L;

        @Override
        public void printStackTrace(PrintWriter to) {
            throw this;
        }
    }
}
