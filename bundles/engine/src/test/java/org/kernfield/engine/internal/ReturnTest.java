package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.engine.Blobs;
import org.kernfield.engine.JobState;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Jobs that are ordered just while a plugin is being updated. */
class ReturnTest {
    @TempDir Path home;

    @Test
    void aJobWaitsForItsRepresentationAndItsBackend() throws Exception {
        try (var engine = new FieldEngine(home)) {
            var one = new Named("one", 0);
            var blobs = new Blobs();
            engine.add(one);
            engine.add(blobs);
            engine.remove(one);
            engine.remove(blobs);
            Thread updater =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        pause();
                                        engine.add(new Blobs());
                                        pause();
                                        engine.add(new Named("one", 0));
                                    });
            var request = Samples.steps(3).as(blobs.name()).on("one");
            assertThat(engine.submit(request).await().state()).isEqualTo(JobState.DONE);
            updater.join();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatWasNeverHereOrStaysAwayIsNotWaitedForLong() {
        var roster = new Roster<String>(name -> name, name -> 0);
        roster.awaitReturn("b", Duration.ofDays(1));
        roster.add("a");
        roster.awaitReturn("a", Duration.ofDays(1));
        roster.remove("a", Duration.ZERO);
        roster.awaitReturn("a", Duration.ofMillis(50));
        roster.awaitReturn("a", Duration.ofDays(1));
        assertThat(roster.names()).isEmpty();
    }

    /** An update followed by a refresh takes it away twice within a moment. */
    @Test
    void whatLeavesAgainAndAgainIsStillThere() throws Exception {
        var roster = new Roster<String>(name -> name, name -> 0);
        roster.add("a");
        var isOver = new AtomicBoolean();
        Thread updater =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!isOver.get()) {
                                        roster.remove("a", Duration.ofSeconds(1));
                                        roster.add("a");
                                    }
                                });
        for (int k = 0; k < 2_000; k++) {
            assertThat(roster.awaitReturn("a", Duration.ofSeconds(20))).isTrue();
        }
        isOver.set(true);
        updater.join();
    }

    @Test
    void aMisspeltNameIsRefused() throws Exception {
        try (var engine = new FieldEngine(home)) {
            engine.add(new Named("one", 0));
            engine.add(new Blobs());
            assertThatThrownBy(() -> engine.submit(Samples.steps(3).as("blob")))
                    .hasMessageStartingWith("blob: no such representation is here");
        }
    }
}
