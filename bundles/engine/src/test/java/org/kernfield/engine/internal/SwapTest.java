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
import org.kernfield.engine.Setbacks;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

class SwapTest {
    @TempDir Path home;
    private FieldEngine engine;
    private final Named fast = new Named("fast", 10);
    private final Named slow = new Named("slow", 5);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("swap"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void departureWaitsForTheStepAndLosesNone() throws Exception {
        var gate = new Gate(5);
        engine.add(fast);
        engine.add(slow);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(12));
        gate.awaitReached();
        var removed = new CountDownLatch(1);
        Thread remover =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    engine.remove(fast);
                                    removed.countDown();
                                });
        assertThat(removed.getCount()).isOne();
        awaitLeaving();
        gate.open();
        remover.join();
        assertThat(fast.open).hasValue(0);
        int runs = fast.runs.get();
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(fast.runs).hasValue(runs);
        assertThat(job.log()).contains("step 6: fast → slow (service withdrawn)");
        assertThat(job.status().setbacks()).isEqualTo(Setbacks.NONE);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(12, home.resolve("plain")));
    }

    /** The departing service is off the list as soon as its departure has begun. */
    private void awaitLeaving() {
        while (engine.backends().stream().anyMatch(b -> b.name().equals("fast"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void breaksOffAStepThatOutlastsTheDeparture() throws Exception {
        engine.close();
        engine = new FieldEngine(home.resolve("swap"), java.time.Duration.ofMillis(30));
        var gate = new Gate(3);
        engine.add(fast);
        engine.add(slow);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(6));
        gate.awaitReached();
        engine.remove(fast);
        gate.open();
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.log())
                .containsExactly("step 0: fast → slow (service withdrawn, step broken off)");
        assertThat(job.status().setbacks()).isEqualTo(new Setbacks(3, 0, 1));
        assertThat(engine.checks()).anyMatch(c -> c.check().equals("departures") && !c.ok());
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(6, home.resolve("plain")));
    }

    @Test
    void waitsWithoutBackendAndGoesOnByItself() throws Exception {
        var gate = new Gate(3);
        engine.add(fast);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(8));
        gate.awaitReached();
        Thread remover = Thread.ofPlatform().start(() -> engine.remove(fast));
        awaitLeaving();
        gate.open();
        remover.join();
        Samples.await(job, JobState.WAITING);
        engine.add(slow);
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().backend()).isEqualTo("slow");
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(8, home.resolve("plain")));
    }

    @Test
    void startsWhenTheFirstBackendComes() throws Exception {
        engine.add(new Blobs());
        Job job = engine.submit(Samples.steps(2));
        Samples.await(job, JobState.WAITING);
        engine.add(fast);
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void isSuspendedWhileItsRepresentationIsAway() throws Exception {
        var gate = new Gate(4);
        var first = new Blobs(gate);
        engine.add(fast);
        engine.add(first);
        Job job = engine.submit(Samples.steps(9));
        gate.awaitReached();
        Thread remover = Thread.ofPlatform().start(() -> engine.remove(first));
        while (!engine.representations().isEmpty()) {
            Thread.onSpinWait();
        }
        gate.open();
        remover.join();
        Samples.await(job, JobState.SUSPENDED);
        engine.add(new Blobs(step -> {}, 0));
        Samples.await(job, JobState.SUSPENDED);
        engine.add(new Blobs());
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.log()).endsWith("step 5: blobs is back");
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(9, home.resolve("plain")));
    }

    @Test
    void movesOnRequest() throws Exception {
        var gate = new Gate(2);
        engine.add(fast);
        engine.add(slow);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(5));
        gate.awaitReached();
        job.swap("slow");
        gate.open();
        assertThat(job.await().backend()).isEqualTo("slow");
        assertThat(job.status().setbacks()).isEqualTo(Setbacks.NONE);
        assertThat(job.log()).contains("step 3: fast → slow (asked for)");
    }

    @Test
    void leavesAFaultyBackend() throws Exception {
        var gate = new Gate(3);
        engine.add(fast);
        engine.add(slow);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(6));
        gate.awaitReached();
        fast.fault = new IllegalStateException("device lost");
        gate.open();
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.log().getFirst())
                .endsWith("fast → slow (fault: java.lang.IllegalStateException: device lost)");
        assertThat(job.status().setbacks()).isEqualTo(new Setbacks(3, 1, 0));
        assertThat(engine.backends().getFirst().state()).isEqualTo("out of service");
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(6, home.resolve("plain")));
    }

    @Test
    void failsAloneWithTheTextOfTheException() throws Exception {
        engine.add(fast);
        engine.add(
                new Blobs(
                        step -> {
                            if (step == 2) {
                                throw new ArithmeticException("no luck");
                            }
                        }));
        Job job = engine.submit(Samples.steps(6));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure().orElseThrow().type()).isEqualTo("java.lang.ArithmeticException");
        assertThatThrownBy(job::result)
                .isInstanceOf(FitException.class)
                .hasMessageContaining("no luck")
                .hasNoCause();
        assertThat(fast.open).hasValue(0);
    }

    @Test
    void givesTheSameBitsHoweverOftenBackendsComeAndGo() throws Exception {
        var representation = new Blobs();
        engine.add(representation);
        engine.add(fast);
        Job job = engine.submit(Samples.steps(400));
        var random = ThreadLocalRandom.current();
        Thread backends =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int k = 0; k < 40 && !job.status().state().isEnd(); k++) {
                                        var next = new Named("b" + k, random.nextInt(20));
                                        engine.add(next);
                                        engine.remove(next);
                                        assertThat(next.open).hasValue(0);
                                    }
                                });
        Thread representations =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int k = 0; k < 20 && !job.status().state().isEnd(); k++) {
                                        engine.remove(representation);
                                        engine.add(representation);
                                        engine.remove(fast);
                                        engine.add(fast);
                                    }
                                });
        backends.join();
        representations.join();
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().setbacks()).isEqualTo(Setbacks.NONE);
        assertThat(fast.open).hasValue(0);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(400, home.resolve("plain")));
    }
}
