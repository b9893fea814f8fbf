package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.Check;
import org.kernfield.engine.FitException;
import org.kernfield.engine.Job;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Policy;
import org.kernfield.engine.Setbacks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a job does when its backend goes wrong, and whom it blames. */
@Timeout(60)
class FaultsTest {
    private static final long STEPS = 8;

    @TempDir Path home;
    private FieldEngine engine;
    private final Named fast = new Named("fast", 10);
    private final Named slow = new Named("slow", 5);
    private final Gate gate = new Gate(3);
    private final Blobs blobs = new Blobs(gate);

    @BeforeEach
    void open() {
        engine = new FieldEngine(home.resolve("faults"), Duration.ofSeconds(4));
        engine.add(fast);
        engine.add(slow);
        engine.add(blobs);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Job begin() throws Exception {
        Job job = engine.submit(Samples.steps(STEPS));
        gate.awaitReached();
        return job;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
    void aBackendThatThrowsIsOutOfServiceUntilItIsWell() throws Exception {
        Job job = begin();
        fast.fault = new IllegalStateException("device lost");
        gate.open();
        assertUndisturbed(job);
        assertThat(job.log()).anyMatch(line -> line.startsWith("fast: taken out of service"));
        assertThat(stateOf("fast")).isEqualTo("out of service");
        assertThat(engine.selfTest("fast")).noneMatch(Check::ok);
        assertThat(stateOf("fast")).isEqualTo("out of service");
        fast.fault = null;
        assertThat(engine.selfTest("fast")).allMatch(Check::ok);
        assertThat(stateOf("fast")).isEqualTo("ready");
        Job next = engine.submit(Samples.steps(2));
        assertThat(next.await().backend()).isEqualTo("fast");
    }

    @Test
    void aSilentBackendIsLeft() throws Exception {
        var silence = new CountDownLatch(1);
        Job job = begin();
        fast.beforeRun = () -> await(silence);
        gate.open();
        assertUndisturbed(job);
        assertThat(job.status().setbacks()).isEqualTo(new Setbacks(3, 1, 0));
        assertThat(job.log()).anyMatch(line -> line.contains("no sign of life"));
        assertThat(stateOf("fast")).isEqualTo("out of service");
        silence.countDown();
        while (fast.open.get() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aBackendWhoseBuffersThrowIsLeft() throws Exception {
        Job job = begin();
        fast.beforeRead =
                () -> {
                    throw new IllegalStateException("device lost");
                };
        gate.open();
        assertUndisturbed(job);
        assertThat(stateOf("fast")).isEqualTo("out of service");
    }

    @Test
    void aBackendWhoseBuffersAreSilentIsLeft() throws Exception {
        var silence = new CountDownLatch(1);
        Job job = begin();
        fast.beforeRead = () -> await(silence);
        gate.open();
        assertUndisturbed(job);
        assertThat(job.log()).anyMatch(line -> line.contains("no sign of life"));
        assertThat(stateOf("fast")).isEqualTo("out of service");
        silence.countDown();
    }

    @Test
    void silentPartsLeaveTheOthersTheirThreads() throws Exception {
        var grants = Grants.ofMachine();
        var silence = new CountDownLatch(1);
        try (var own = new FieldEngine(home.resolve("own"), Duration.ofSeconds(4), grants)) {
            own.add(fast);
            own.add(slow);
            own.add(new Blobs());
            fast.beforeRun = () -> grants.pool().workers(2).forEach(2, k -> await(silence));
            assertThat(own.submit(Samples.steps(STEPS)).await().state()).isEqualTo(JobState.DONE);
            var both = new CountDownLatch(2);
            var met = new AtomicInteger();
            grants.pool().workers(2).forEach(2, k -> met.addAndGet(meet(both) ? 1 : 0));
            assertThat(met).hasValue(2);
        } finally {
            silence.countDown();
        }
    }

    /** Whether another has come at the same time. */
    private static boolean meet(CountDownLatch both) {
        both.countDown();
        try {
            return both.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void nobodyWaitsForWhatASilentCallHolds() throws Exception {
        var silence = new CountDownLatch(1);
        Job job = begin();
        fast.beforeRun = () -> await(silence);
        gate.open();
        assertUndisturbed(job);
        engine.remove(fast);
        engine.remove(blobs);
        assertThat(engine.overrun()).isEmpty();
        silence.countDown();
    }

    @Test
    void anErrorInClosingLosesNoModel() throws Exception {
        Job job = begin();
        fast.beforeClose =
                () -> {
                    throw new LinkageError("no such symbol");
                };
        gate.open();
        assertUndisturbed(job);
        assertThat(job.status().backend()).isEqualTo("fast");
    }

    @Test
    void aSuspectIsTriedAgainWhenTheOtherLeaves() throws Exception {
        Job job = begin();
        fast.fault = new IllegalStateException("device lost");
        slow.beforeOpen =
                () -> {
                    fast.fault = null;
                    Thread.ofPlatform().start(() -> engine.remove(slow));
                    while (engine.backends().size() > 1) {
                        Thread.onSpinWait();
                    }
                };
        gate.open();
        assertUndisturbed(job);
        assertThat(stateOf("fast")).isEqualTo("ready");
    }

    @Test
    void aBackendThatGivesNaNIsLeft() throws Exception {
        Job job = begin();
        fast.givesNaN = true;
        gate.open();
        assertUndisturbed(job);
        assertThat(stateOf("fast")).isEqualTo("out of service");
        assertThat(engine.selfTest("fast")).noneMatch(Check::ok);
    }

    @Test
    void whatFailsOnEveryBackendIsNoBackendsFault() throws Exception {
        Job job = begin();
        fast.fault = slow.fault = new IllegalStateException("closed buffer");
        gate.open();
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThat(stateOf("fast")).isEqualTo("ready");
        assertThat(stateOf("slow")).isEqualTo("ready");
    }

    @Test
    void aFitThatDivergesEverywhereSaysSo() throws Exception {
        Job job = begin();
        fast.givesNaN = slow.givesNaN = true;
        gate.open();
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThatThrownBy(job::result)
                .isInstanceOf(FitException.class)
                .hasMessageContaining("NaN");
        assertThat(stateOf("fast")).isEqualTo("ready");
    }

    @Test
    void anOutOfMemoryLeavesTheOthersRunning() throws Exception {
        Job job = begin();
        Job huge = engine.submit(Samples.steps(1).set("count", 900_000_000));
        assertThat(huge.await().state()).isEqualTo(JobState.FAILED);
        gate.open();
        assertUndisturbed(job);
        assertThat(stateOf("fast")).isEqualTo("ready");
    }

    @Test
    void everyBackendIsTriedBeforeTheJobIsAtFault() throws Exception {
        engine.add(new Named("last", 1));
        Job job = begin();
        fast.fault = slow.fault = new IllegalStateException("device lost");
        gate.open();
        assertUndisturbed(job);
        assertThat(job.status().backend()).isEqualTo("last");
        assertThat(stateOf("fast")).isEqualTo("out of service");
        assertThat(stateOf("slow")).isEqualTo("out of service");
    }

    @Test
    void theOnlyBackendOfAJobIsOutOfServiceOnceItIsSilent() throws Exception {
        var silence = new CountDownLatch(1);
        Job job = engine.submit(Samples.steps(STEPS).on("fast").policy(Policy.PINNED));
        gate.awaitReached();
        fast.beforeRun = () -> await(silence);
        gate.open();
        Samples.await(job, JobState.WAITING);
        assertThat(stateOf("fast")).isEqualTo("out of service");
        assertThat(engine.submit(Samples.steps(2)).await().backend()).isEqualTo("slow");
        fast.beforeRun = () -> {};
        silence.countDown();
        assertThat(engine.selfTest("fast")).allMatch(Check::ok);
        assertUndisturbed(job);
    }

    @Test
    void whoFailsAgainWhileTheOtherIsAwayIsOutOfServiceAndTheJobWaits() throws Exception {
        Job job = failTwiceOnFast();
        assertThat(stateOf("fast")).isEqualTo("out of service");
        engine.add(slow);
        assertUndisturbed(job);
        assertThat(stateOf("fast")).isEqualTo("out of service");
    }

    @Test
    void whoWasTakenOutAloneIsBackOnceTheOtherFailsToo() throws Exception {
        Job job = failTwiceOnFast();
        slow.fault = fast.fault;
        engine.add(slow);
        assertThat(job.await().state()).isEqualTo(JobState.FAILED);
        assertThat(stateOf("fast")).isEqualTo("ready");
        assertThat(stateOf("slow")).isEqualTo("ready");
    }

    /** The other leaves before it has shown whether it is better. */
    private Job failTwiceOnFast() throws Exception {
        Job job = begin();
        fast.fault = new IllegalStateException("device lost");
        slow.beforeOpen =
                () -> {
                    slow.beforeOpen = () -> {};
                    Thread.ofPlatform().start(() -> engine.remove(slow));
                    while (engine.backends().size() > 1) {
                        Thread.onSpinWait();
                    }
                };
        gate.open();
        Samples.await(job, JobState.WAITING);
        return job;
    }
}
