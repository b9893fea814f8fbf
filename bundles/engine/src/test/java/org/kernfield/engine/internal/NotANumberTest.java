package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.FitRequest;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Wish;
import org.kernfield.field.AbsentException;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Numbers that are none reach neither a model nor a snapshot, whether or not a figure shows it. */
@Timeout(60)
class NotANumberTest {
    private static final long STEPS = 8;

    /** Spoils what the next step begins with; the loss of this one is computed before it. */
    private static final Set<String> UNSEEN = Set.of("d_weight");

    @TempDir Path home;
    private FieldEngine engine;
    private final Named fast = new Named("fast", 10);
    private final Named slow = new Named("slow", 5);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("numbers"));
        engine.add(fast);
        engine.add(slow);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void assertUndisturbed(Job job) throws Exception {
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(Samples.weights(job.result()))
                .isEqualTo(Samples.undisturbed(STEPS, home.resolve("plain")));
    }

    private String stateOf(String backend) {
        return engine.backends().stream()
                .filter(b -> b.name().equals(backend))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void aFitThatNeverHadANumberIsNoModel() throws Exception {
        engine.add(new Blobs());
        fast.givesNaN = true;
        assertUndisturbed(engine.submit(Samples.steps(STEPS)));
        assertThat(stateOf("fast")).isEqualTo("out of service");
    }

    @Test
    void theLastStepIsLookedAtToo() throws Exception {
        engine.add(new Blobs(step -> fast.spoilt = step == STEPS - 1 ? UNSEEN : Set.of()));
        assertUndisturbed(engine.submit(Samples.steps(STEPS)));
        assertThat(stateOf("fast")).isEqualTo("out of service");
    }

    @Test
    void secondsSpentOnNaNDoNotCount() throws Exception {
        engine.add(new Blobs());
        fast.givesNaN = true;
        Job job = engine.submit(FitRequest.of(Samples.ramp()).seconds(0.5).seed(7).threads(1));
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().step()).isPositive();
        assertThat(Samples.weights(job.result())).doesNotContain(0f, Float.NaN);
    }

    @Test
    void aSwapInTheStepOfTheFirstNaNGoesOnFromGoodNumbers() throws Exception {
        var gate = new Gate(3);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        fast.spoilt = UNSEEN;
        job.swap("slow");
        gate.open();
        assertUndisturbed(job);
    }

    @Test
    void aPauseInTheStepOfTheFirstNaNGoesOnFromGoodNumbers() throws Exception {
        var gate = new Gate(3);
        engine.add(new Blobs(gate));
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        fast.spoilt = UNSEEN;
        job.ask(Wish.pause());
        gate.open();
        Samples.await(job, JobState.PAUSED);
        job.ask(Wish.proceed());
        assertUndisturbed(job);
    }

    @Test
    void aStandstillInTheStepOfTheFirstNaNGoesOnFromGoodNumbers() throws Exception {
        var isAway = new AtomicBoolean(true);
        engine.add(
                new Blobs(
                        step -> {
                            if (step == 4 && isAway.getAndSet(false)) {
                                throw new AbsentException("tool = saw: is not here", "use hammer");
                            }
                            fast.spoilt = step == 3 ? UNSEEN : Set.of();
                        }));
        assertUndisturbed(engine.submit(Samples.steps(STEPS)));
    }

    /** The second passes the step at which the first failed, with numbers that are none as well. */
    @Test
    void whatDivergesLaterOnTheOtherIsNobodysFault() throws Exception {
        engine.add(
                new Blobs(
                        step -> {
                            fast.givesNaN = step == 3;
                            slow.spoilt = step == 4 ? UNSEEN : Set.of();
                        }));
        Job job = engine.submit(Samples.steps(STEPS));
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThatThrownBy(job::result).hasMessageContaining("NaN");
        assertThat(stateOf("fast")).isEqualTo("ready");
        assertThat(stateOf("slow")).isEqualTo("ready");
    }
}
