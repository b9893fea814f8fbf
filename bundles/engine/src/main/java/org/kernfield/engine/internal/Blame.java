package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;

/**
 * Finds out whose fault a failure is. A backend that fails is suspected; when the job passes the
 * same step on another, the suspect goes out of service, and when it fails there as well, no
 * backend is to blame.
 */
final class Blame {
    /**
     * @param serial of the backend's arrival
     * @param backend its name
     * @param step at which it failed
     * @param why as a few words
     */
    private record Suspicion(long serial, String backend, long step, String why) {}

    private final Wishes wishes;
    private final Roster<Backend> backends;
    private final Bulletin bulletin;
    private volatile Suspicion suspicion;

    Blame(Wishes wishes, Roster<Backend> backends, Bulletin bulletin) {
        this.wishes = wishes;
        this.backends = backends;
        this.bulletin = bulletin;
    }

    /**
     * A backend has failed at this step.
     *
     * @return whether the job goes on, on another; if not, no backend is to blame
     */
    boolean suspect(Lease<Backend> failed, long step, String why) {
        Suspicion held = suspicion;
        wishes.shun(failed.serial());
        boolean isRepeated = held != null && step <= held.step();
        if (isRepeated || !hasOther()) {
            wishes.forgive(failed.serial());
            if (held != null) {
                wishes.forgive(held.serial());
            }
            suspicion = null;
            return false;
        }
        suspicion = new Suspicion(failed.serial(), failed.name(), step, why);
        return true;
    }

    private boolean hasOther() {
        try (var other = wishes.lease(backends)) {
            return other != null;
        }
    }

    /** Whether it shows who is to blame that the job stands at this step. */
    boolean decidesAt(long step) {
        Suspicion held = suspicion;
        return held != null && step > held.step();
    }

    /** The job has taken a step on this backend and stands at this one now. */
    void passed(long step, Lease<Backend> on) {
        if (decidesAt(step)) {
            confirm(on);
        }
    }

    /** The suspected backend has failed where this one has not: it is taken out of service. */
    void confirm(Lease<Backend> on) {
        Suspicion held = suspicion;
        if (held == null) {
            return;
        }
        suspicion = null;
        if (held.serial() == on.serial()) {
            return; // at the second attempt it did not fail
        }
        backends.fault(held.serial(), held.why());
        bulletin.note(
                held.backend()
                        + ": taken out of service ("
                        + held.why()
                        + "); `kernfield selftest "
                        + held.backend()
                        + "` brings it back");
    }
}
