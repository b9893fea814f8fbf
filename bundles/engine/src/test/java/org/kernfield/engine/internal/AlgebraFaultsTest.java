package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What a job does when its linear algebra is away or goes wrong. */
@Timeout(60)
class AlgebraFaultsTest {
    private static final long STEPS = 3;

    @TempDir Path home;
    private FieldEngine engine;
    private final HookedAlgebra fast = new HookedAlgebra("fast", 10);
    private final HookedAlgebra slow = new HookedAlgebra("slow", 5);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home, Duration.ofSeconds(4));
        engine.add(new Named("one", 0));
        engine.add(new Named("two", -1));
        engine.add(new Factoring());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Job fitted() throws Exception {
        Job job = engine.submit(Samples.steps(STEPS));
        job.await();
        return job;
    }

    private static Runnable failing() {
        return () -> {
            throw new IllegalStateException("library lost");
        };
    }

    @Test
    void aJobWaitsForTheOneThatIsAway() throws Exception {
        Job job = engine.submit(Samples.steps(STEPS));
        Samples.await(job, JobState.WAITING);
        assertThat(job.status().why()).contains("no linear algebra is in service");
        engine.add(fast.service());
        assertThat(job.await().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void theNextIsTakenInPlaceOfOneThatThrows() throws Exception {
        fast.before = failing();
        engine.add(fast.service());
        engine.add(slow.service());
        Job job = fitted();
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().backend()).isEqualTo("one");
        assertThat(job.status().setbacks().faults()).isOne();
        assertThat(slow.calls).hasValue((int) STEPS);
        fast.before = () -> {};
        fitted();
        assertThat(fast.calls).hasValue(0);
    }

    @Test
    void theEngineTellsWhichIsOutOfServiceAndWhy() throws Exception {
        fast.before = failing();
        engine.add(slow.service());
        engine.add(fast.service());
        assertThat(engine.algebras())
                .containsExactly(
                        new Plugin("fast", "ready", 10, "dense linear algebra"),
                        new Plugin("slow", "ready", 5, "dense linear algebra"));
        fitted();
        assertThat(engine.algebras())
                .containsExactly(
                        new Plugin(
                                "fast",
                                "out of service",
                                10,
                                "java.lang.IllegalStateException: library lost"),
                        new Plugin("slow", "ready", 5, "dense linear algebra"));
    }

    @Test
    void oneThatIsOutOfServiceReturnsWhenItsPluginIsRestarted() throws Exception {
        fast.before = failing();
        var failed = fast.service();
        engine.add(failed);
        engine.add(slow.service());
        fitted();
        fast.before = () -> {};
        engine.remove(failed);
        engine.add(fast.service());
        assertThat(fitted().status().state()).isEqualTo(JobState.DONE);
        assertThat(fast.calls).hasValue((int) STEPS);
        assertThat(slow.calls).hasValue((int) STEPS);
    }

    @Test
    void theNextIsTakenInPlaceOfOneThatIsSilent() throws Exception {
        var silence = new CountDownLatch(1);
        fast.before =
                () -> {
                    try {
                        silence.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        var algebra = fast.service();
        engine.add(algebra);
        engine.add(slow.service());
        Job job = fitted();
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().backend()).isEqualTo("one");
        assertThat(engine.backends()).allMatch(b -> b.state().equals("ready"));
        engine.remove(algebra);
        assertThat(engine.overrun()).isEmpty();
        silence.countDown();
    }

    @Test
    void whatFailsOnEveryOneIsNobodysFault() throws Exception {
        fast.before = slow.before = failing();
        engine.add(fast.service());
        engine.add(slow.service());
        assertThat(fitted().status().state()).isEqualTo(JobState.FAILED);
        fast.before = () -> {};
        assertThat(fitted().status().state()).isEqualTo(JobState.DONE);
        assertThat(fast.calls).hasValue((int) STEPS);
    }

    @Test
    void anErrorOfTheNumbersIsTheCallers() throws Exception {
        fast.before =
                () -> {
                    throw new ArithmeticException("not finite");
                };
        engine.add(fast.service());
        engine.add(slow.service());
        assertThat(fitted().status().state()).isEqualTo(JobState.FAILED);
        assertThat(slow.calls).hasValue(0);
    }
}
