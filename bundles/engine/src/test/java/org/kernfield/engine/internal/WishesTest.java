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
import org.kernfield.engine.Policy;
import org.kernfield.engine.Wish;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where jobs run by their policy, and what they do when asked, from here or another process. */
@Timeout(60)
class WishesTest {
    private static final long STEPS = 9;

    @TempDir Path home;
    private FieldEngine engine;
    private FieldEngine other;
    private final Named good = new Named("good", 5);
    private final Named better = new Named("better", 10);
    private final Gate gate = new Gate(3);
    private final Gate later = new Gate(6);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("wishes"));
        other = new FieldEngine(home.resolve("wishes"));
        engine.add(new Blobs(gate.andThen(later)));
    }

    @AfterEach
    void close() {
        engine.close();
        other.close();
    }

    private void awaitTaken(Job job) throws Exception {
        Path files = home.resolve("wishes/jobs").resolve(job.id());
        while (true) {
            try (var wishes = Files.newDirectoryStream(files, "wish-*")) {
                if (!wishes.iterator().hasNext()) {
                    return;
                }
            }
            Thread.sleep(20);
        }
    }

    /** The record on disk follows the state. */
    private void awaitSeen(String id, JobState state) throws Exception {
        while (other.jobs().stream().noneMatch(j -> j.id().equals(id) && j.state() == state)) {
            Thread.sleep(20);
        }
    }

    private void assertUndisturbed(Job job) throws Exception {
        later.open();
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(STEPS, home.resolve("plain")));
    }

    @Test
    void theBestIsTakenWhenItComes() throws Exception {
        engine.add(good);
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        engine.add(better);
        gate.open();
        assertUndisturbed(job);
        assertThat(job.log()).containsExactly("step 4: good → better (preferred one is there)");
    }

    @Test
    void aNamedOneIsGoneBackTo() throws Exception {
        engine.add(good);
        engine.add(better);
        Job job = engine.submit(Samples.steps(STEPS).on("good"));
        gate.awaitReached();
        Thread away = Thread.ofPlatform().start(() -> engine.remove(good));
        while (engine.backends().size() > 1) {
            Thread.onSpinWait();
        }
        gate.open();
        away.join();
        later.awaitReached();
        engine.add(good);
        assertUndisturbed(job);
        assertThat(job.log())
                .containsExactly(
                        "step 4: good → better (service withdrawn)",
                        "step 7: better → good (preferred one is there)");
    }

    @Test
    void aStickyJobStays() throws Exception {
        engine.add(good);
        Job job = engine.submit(Samples.steps(STEPS).policy(Policy.STICKY));
        gate.awaitReached();
        engine.add(better);
        gate.open();
        assertUndisturbed(job);
        assertThat(job.log()).isEmpty();
    }

    @Test
    void aPinnedJobWaits() throws Exception {
        engine.add(good);
        engine.add(better);
        Job job = engine.submit(Samples.steps(STEPS).on("good").policy(Policy.PINNED));
        gate.awaitReached();
        Thread away = Thread.ofPlatform().start(() -> engine.remove(good));
        while (engine.backends().size() > 1) {
            Thread.onSpinWait();
        }
        gate.open();
        away.join();
        Samples.await(job, JobState.WAITING);
        assertThat(job.status().why()).contains("backend good");
        engine.add(good);
        assertUndisturbed(job);
        assertThatThrownBy(() -> Samples.steps(1).policy(Policy.PINNED))
                .hasMessageContaining("name one");
    }

    @Test
    void aPinnedJobThatWaitsGoesWhereItIsAsked() throws Exception {
        engine.add(good);
        engine.add(better);
        gate.open();
        later.open();
        Job job = engine.submit(Samples.steps(1_000_000).on("good").policy(Policy.PINNED));
        engine.remove(good);
        Samples.await(job, JobState.WAITING);
        job.ask(Wish.swap("better"));
        Samples.await(job, JobState.RUNNING);
        assertThat(job.status().backend()).isEqualTo("better");
        job.cancel();
    }

    @Test
    void aPausedJobGoesOnWhereItWas() throws Exception {
        engine.add(good);
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        job.ask(Wish.pause());
        gate.open();
        Samples.await(job, JobState.PAUSED);
        assertThat(good.open).hasValue(0);
        engine.add(better);
        assertThat(job.status().state()).isEqualTo(JobState.PAUSED);
        job.ask(Wish.proceed());
        assertUndisturbed(job);
    }

    @Test
    void anotherProcessCanAsk() throws Exception {
        engine.add(good);
        engine.add(better);
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        other.ask(job.id(), Wish.pause());
        awaitTaken(job);
        gate.open();
        Samples.await(job, JobState.PAUSED);
        awaitSeen(job.id(), JobState.PAUSED);
        other.ask(job.id(), Wish.swap("good"));
        other.ask(job.id(), Wish.proceed());
        assertUndisturbed(job);
        assertThatThrownBy(() -> other.ask(job.id(), Wish.cancel()))
                .hasMessageContaining("does not run");
    }
}
