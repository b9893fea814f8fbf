package org.kernfield.engine.internal;

import org.kernfield.engine.Failure;
import org.kernfield.engine.FitException;
import org.kernfield.engine.Wish;
import org.kernfield.field.Representation;

import java.time.Duration;

/**
 * Looks after a job from outside of its thread: does what other processes ask for, and gives up a
 * segment that does not come to an end.
 */
final class Watch {
    private final FitJob job;
    private final Relay relay;
    private final Roster<Representation> representations;
    private final Archive archive;
    private final Bulletin bulletin;
    private final Object hearing = new Object();

    Watch(
            FitJob job,
            Relay relay,
            Roster<Representation> representations,
            Archive archive,
            Bulletin bulletin) {
        this.job = job;
        this.relay = relay;
        this.representations = representations;
        this.archive = archive;
        this.bulletin = bulletin;
    }

    /**
     * Hears, and gives up a segment that shows no sign of life, or goes on though a plugin that it
     * uses has left and waits no longer.
     *
     * @param patience for how long that is
     */
    void look(Duration patience) {
        hear();
        Segment running = relay.running();
        if (running == null) {
            return;
        }
        Outcome overrun = running.overrun(patience.toNanos());
        if (job.wishes().isCancelledFor(patience.toNanos()) && relay.abandon(running)) {
            job.conclude(new Outcome.Stopped());
        } else if (overrun != null && relay.abandon(running)) {
            job.goBack();
            job.conclude(overrun);
            wakeAfter(overrun);
        } else if (running.silentNanos() > patience.toNanos() && relay.abandon(running)) {
            String silent = "no sign of life for %.1f s".formatted(patience.toNanos() * 1e-9);
            job.goBack();
            boolean goesOn = running.blame(silent);
            job.conclude(
                    goesOn
                            ? new Outcome.Moved("fault: " + silent, Outcome.End.FAULT)
                            : new Outcome.Failed(
                                    Failure.of(
                                            new FitException(
                                                    "linear algebra: "
                                                            + silent
                                                            + "; resume "
                                                            + job.id()
                                                            + " when another is there"))));
        }
    }

    /** What came before an abandoned segment was over did not find the job resting. */
    private void wakeAfter(Outcome outcome) {
        String wanted = job.order().representation();
        if (representations.first(e -> e.name.equals(wanted)) != null || job.wantsOn(outcome)) {
            job.wake();
        }
    }

    /** Ends the job where it was last sound, if its step has not ended by now. */
    void giveUp() {
        Segment running = relay.running();
        if (running != null && relay.abandon(running)) {
            job.conclude(new Outcome.Stopped());
        }
    }

    /** Does what other processes have asked for, before anything that is asked later. */
    void hear() {
        synchronized (hearing) {
            archive.takeWishes(this::heed);
        }
    }

    private void heed(Wish wish) {
        try {
            job.ask(wish);
        } catch (IllegalArgumentException e) {
            bulletin.note("asked for in vain: " + e.getMessage());
        }
    }
}
