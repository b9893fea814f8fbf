package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Backend;
import org.kernfield.field.ImageTask;
import org.kernfield.reference.ReferenceBackend;

import java.util.Map;
import java.util.function.Consumer;

/** Representations that misbehave do not keep the contract. */
class BadRepresentationTest {
    private static final Backend REFERENCE = new ReferenceBackend();
    private static final int STEPS = 4;
    private static final int PATIENCE_SECONDS = 2;

    private static AbstractThrowableAssert<?, ? extends Throwable> finds(
            Blobs bad, Consumer<RepresentationChecks> check) {
        var task = new ImageTask(RepresentationContract.picture(9, 9, 1));
        Map<String, String> settings = Map.of("rate", "0.5");
        var checks = new RepresentationChecks(bad, task, settings, STEPS, PATIENCE_SECONDS);
        return assertThatThrownBy(() -> check.accept(checks));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> finds(
            Blobs.Fault fault, Consumer<RepresentationChecks> check) {
        return finds(new Blobs(fault), check).isInstanceOf(AssertionError.class);
    }

    @AfterEach
    void letGo() {
        System.getProperties().remove(CachedBlobs.KEY);
    }

    @Test
    void oneThatThrowsInTheEnd() {
        finds(new Blobs(Blobs.Fault.THROWS_LATER), checks -> checks.repeatsItself(REFERENCE))
                .hasMessage("the weights are gone");
    }

    @Test
    void oneThatHangs() {
        finds(Blobs.Fault.HANGS, checks -> checks.repeatsItself(REFERENCE))
                .hasMessage("a fit of blobs on reference: not back after 2 s");
    }

    @Test
    void oneThatTurnsNumbersIntoNaN() {
        finds(Blobs.Fault.TURNS_INTO_NAN, checks -> checks.opensItsModels(REFERENCE))
                .hasMessage("a value is NaN");
    }

    @Test
    void oneWhoseStepsKeepMemory() {
        finds(Blobs.Fault.KEEPS_BUFFERS, checks -> checks.givesBackItsMemory(REFERENCE))
                .hasMessage("4 steps keep 320 bytes of memory, while its state grows by 0 numbers");
    }

    @Test
    void oneWhoseStateGrowsMayKeepMore() {
        var checks =
                new RepresentationChecks(
                        new GrowingBlobs(),
                        new ImageTask(RepresentationContract.picture(9, 9, 1)),
                        Map.of(),
                        STEPS);
        assertThatCode(() -> checks.givesBackItsMemory(REFERENCE)).doesNotThrowAnyException();
    }

    @Test
    void oneWhoseAnswersKeepMemory() {
        finds(Blobs.Fault.ANSWERS_KEEP_BUFFERS, checks -> checks.answersAlike(REFERENCE, REFERENCE))
                .hasMessageStartingWith("its answers keep");
    }

    @Test
    void oneThatNeverDoesTheSameTwice() {
        finds(Blobs.Fault.NEVER_THE_SAME, checks -> checks.repeatsItself(REFERENCE))
                .hasMessage("array weight differs on 1 threads");
    }

    @Test
    void oneWhoseStateLacksSomething() {
        finds(Blobs.Fault.FORGETS_MOMENTUM, checks -> checks.goesOnFromItsState(REFERENCE))
                .hasMessageContaining("when resumed at step");
    }

    @Test
    void oneThatAnswersByItsBackend() {
        finds(Blobs.Fault.READS_ITS_BACKEND, checks -> checks.answersAlike(new Well(), REFERENCE))
                .hasMessageContaining("on the reference");
    }

    @Test
    void oneThatLeavesAThread() {
        finds(new LingeringBlobs(), checks -> checks.goesOnWhenItComesAgain(REFERENCE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lingering");
    }

    @Test
    void oneThatLeavesAnObjectBehind() {
        finds(new CachedBlobs(), checks -> checks.goesOnWhenItComesAgain(REFERENCE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its class loader is held");
    }
}
