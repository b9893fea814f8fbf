package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Wish;
import org.kernfield.field.AbsentException;
import org.kernfield.field.Representation;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs whose fit needs something beside its representation, while that is away. */
class StandstillTest {
    @TempDir Path home;

    private final AtomicBoolean isAway = new AtomicBoolean();

    private void need(long step) {
        if (isAway.get() && step >= 3) {
            throw new AbsentException("tool = saw: is not here", "use hammer");
        }
    }

    @Test
    void standsStillAndGoesOnToTheSameNumbers() throws Exception {
        float[] undisturbed = Samples.undisturbed(9, home.resolve("other"));
        isAway.set(true);
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(new Blobs(this::need));
            Job job = engine.submit(Samples.steps(9));
            Samples.await(job, JobState.SUSPENDED);
            assertThat(job.status().why())
                    .isEqualTo("tool = saw: is not here; it goes on when that is back");
            assertThat(job.status().step()).isEqualTo(3);
            isAway.set(false);
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
            assertThat(Samples.weights(job.result())).isEqualTo(undisturbed);
            assertThat(job.log()).filteredOn(line -> line.contains("tool = saw")).hasSize(1);
        }
    }

    @Test
    void canBeCancelledWhileItStandsStill() throws Exception {
        isAway.set(true);
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(new Blobs(this::need));
            Job job = engine.submit(Samples.steps(9));
            Samples.await(job, JobState.SUSPENDED);
            job.ask(Wish.cancel());
            assertThat(job.await().state()).isEqualTo(JobState.STOPPED);
        }
    }

    /** Blobs that also need the tool to begin. */
    private Representation needy(Blobs blobs) {
        return (Representation)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Representation.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("begin")) {
                                need(3);
                            }
                            return method.invoke(blobs, arguments);
                        });
    }

    @Test
    void waitsForItWhenTheRepresentationComesBackWithoutIt() throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            var gate = new Gate(3);
            var blobs = new Blobs(gate);
            engine.add(blobs);
            Job job = engine.submit(Samples.steps(9));
            gate.awaitReached();
            isAway.set(true);
            Thread remover = Thread.ofPlatform().start(() -> engine.remove(blobs));
            while (!engine.representations().isEmpty()) {
                Thread.onSpinWait();
            }
            gate.open();
            remover.join();
            Samples.await(job, JobState.SUSPENDED);
            engine.add(needy(new Blobs()));
            while (!job.status().why().startsWith("tool = saw")) {
                Thread.sleep(5);
            }
            assertThat(job.status().state()).isEqualTo(JobState.SUSPENDED);
            isAway.set(false);
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void refusesAJobThatCannotBegin() throws Exception {
        isAway.set(true);
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(needy(new Blobs()));
            assertThatThrownBy(() -> engine.submit(Samples.steps(9)))
                    .hasMessageContaining("tool = saw: is not here; use hammer");
        }
    }

    @Test
    void doesNotTryAllTheTimeOnceItsThreadWasInterrupted() throws Exception {
        isAway.set(true);
        var tries = new AtomicInteger();
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(
                    new Blobs(
                            step -> {
                                if (isAway.get() && tries.incrementAndGet() == 1) {
                                    Thread.currentThread().interrupt();
                                }
                                need(Math.max(3, step));
                            }));
            Job job = engine.submit(Samples.steps(9));
            Samples.await(job, JobState.SUSPENDED);
            Thread.sleep(500);
            assertThat(tries).hasValueLessThan(50);
            isAway.set(false);
            assertThat(job.await().state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    void keepsOnlyTheLatestLinesOfItsLog() {
        var bulletin = new Bulletin("long-1", () -> null);
        for (int k = 0; k < 1_500; k++) {
            bulletin.note("move " + k);
        }
        assertThat(bulletin.lines()).hasSizeLessThan(1_100).endsWith("move 1499");
    }
}
