package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Policy;
import org.kernfield.engine.Resume;
import org.kernfield.engine.Wish;
import org.kernfield.field.Representation;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whoever waits for a job hears of its end, whatever came before. */
@Timeout(60)
class EndingTest {
    @TempDir Path home;

    @Test
    void aJobThatIsCancelledBeforeItHasBegunKeepsNobodyWaiting() {
        var order =
                new Order(
                        null,
                        Samples.ramp(),
                        "blobs",
                        1,
                        Map.of(),
                        3L,
                        null,
                        false,
                        7,
                        1,
                        0,
                        null,
                        Policy.BEST,
                        null);
        var job =
                new FitJob(
                        "early-1",
                        order,
                        Plugins.none(),
                        Grants.ofMachine(),
                        new Archive(null, "", null),
                        null,
                        0);
        job.ask(Wish.cancel());
        job.awaitBegun();
        assertThat(job.status().state()).isEqualTo(JobState.STOPPED);
    }

    @Test
    void aWishThatCameTooLateIsNoneForTheResumedJob() throws Exception {
        var gate = new Gate(3);
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(new Blobs(gate));
            Job job = engine.submit(Samples.steps(5));
            gate.awaitReached();
            job.ask(Wish.cancel());
            gate.open();
            assertThat(job.await().state()).isEqualTo(JobState.STOPPED);
            JobFiles.leaveWish(home.resolve("jobs").resolve(job.id()), Wish.pause());
            Job resumed = engine.resume(job.id(), Resume.unchanged());
            Thread.sleep(1_200); // by now the engine has looked for wishes
            assertThat(resumed.await().state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void aJobThatFailsKeepsWhereItStoodLast() throws Exception {
        var gate = new Gate(3);
        var isBroken = new AtomicBoolean(true);
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 1));
            engine.add(new Named("two", 0));
            engine.add(
                    new Blobs(
                            step -> {
                                gate.accept(step);
                                if (step == 5 && isBroken.get()) {
                                    throw new ArithmeticException("no luck");
                                }
                            }));
            Job job = engine.submit(Samples.steps(9));
            gate.awaitReached();
            job.swap("two");
            gate.open();
            assertThat(job.await().state()).isEqualTo(JobState.FAILED);
            isBroken.set(false);
            Job resumed = engine.resume(job.id(), Resume.unchanged());
            assertThat(resumed.await().state()).isEqualTo(JobState.DONE);
            assertThat(Samples.weights(resumed.result()))
                    .isEqualTo(Samples.undisturbed(9, home.resolve("plain")));
        }
    }

    @Test
    void aJobWhoseBackendHangsIsStoppedWhenTheEngineCloses() throws Exception {
        var gate = new Gate(3);
        var hanging = new CountDownLatch(1);
        var backend = new Named("one", 0);
        Job job;
        try (var engine = new FieldEngine(home, Duration.ofSeconds(1))) {
            engine.add(backend);
            engine.add(new Blobs(gate));
            job = engine.submit(Samples.steps(5));
            gate.awaitReached();
            backend.beforeRun =
                    () -> {
                        try {
                            hanging.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    };
            gate.open();
        }
        assertThat(job.status().state()).isEqualTo(JobState.STOPPED);
        new JobStore(home).reopen(job.id()).close();
        hanging.countDown();
    }

    @Test
    void ctrlCIsHeardBeforeTheRepresentationHasAccepted() throws Exception {
        var beginning = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var heard = new CompletableFuture<Throwable>();
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(
                    slow(
                            () -> {
                                beginning.countDown();
                                goOn.await();
                            }));
            Thread caller =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            engine.submit(Samples.steps(5));
                                            heard.complete(null);
                                        } catch (Throwable thrown) {
                                            heard.complete(thrown);
                                        }
                                    });
            beginning.await();
            caller.interrupt();
            assertThat(heard.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            goOn.countDown();
            assertThat(engine.job("image-1").orElseThrow().await().state())
                    .isEqualTo(JobState.STOPPED);
        }
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    /** Blobs that take their time to begin. */
    private Representation slow(Waiting before) {
        return (Representation)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Representation.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("begin")) {
                                before.run();
                            }
                            return method.invoke(new Blobs(), arguments);
                        });
    }
}
