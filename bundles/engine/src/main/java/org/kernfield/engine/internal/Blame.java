package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds out whose fault a failure is. A backend that fails is suspected; when the job passes the
 * same step on another, the suspect goes out of service, and when every other fails as well, no
 * backend is to blame. Thread-safe.
 */
final class Blame {
    /**
     * @param backend its name
     * @param step at which it failed
     * @param why as a few words
     */
    private record Suspicion(String backend, long step, String why) {}

    /** No backend: serial numbers begin at 1. */
    private static final long NONE = 0;

    private final Wishes wishes;
    private final Roster<Backend> backends;
    private final Bulletin bulletin;

    /** By the serial number of the backend's arrival. */
    private final Map<Long, Suspicion> suspicions = new LinkedHashMap<>();

    /** The backend that was taken out of service with no other to show the difference. */
    private long outAlone = NONE;

    Blame(Wishes wishes, Roster<Backend> backends, Bulletin bulletin) {
        this.wishes = wishes;
        this.backends = backends;
        this.bulletin = bulletin;
    }

    /**
     * A backend has failed at this step.
     *
     * @return whether the job goes on, on another or when one comes; if not, no backend is to blame
     */
    boolean suspect(Lease<Backend> failed, long step, String why) {
        long wronged;
        synchronized (this) {
            var suspicion = new Suspicion(failed.name(), step, why);
            boolean isRepeated = suspicions.put(failed.serial(), suspicion) != null;
            wishes.shun(failed.serial());
            if (hasOther()) {
                return true;
            }
            if (isRepeated && suspicions.size() == 1) {
                // the other left before it showed the difference: only this one ever failed
                outAlone = takeOut(failed.serial(), suspicion) ? failed.serial() : NONE;
                return true;
            }
            // all have failed: the job itself is at fault, not they
            suspicions.keySet().forEach(wishes::forgive);
            suspicions.clear();
            wronged = outAlone;
            outAlone = NONE;
        }
        backends.reinstate(wronged);
        return false;
    }

    /** A backend gave no sign of life, which it owes whatever the job asks of it. */
    synchronized void silent(Lease<Backend> failed, long step, String why) {
        suspicions.remove(failed.serial());
        wishes.shun(failed.serial());
        takeOut(failed.serial(), new Suspicion(failed.name(), step, why));
    }

    private boolean hasOther() {
        try (var other = wishes.lease(backends)) {
            return other != null;
        }
    }

    /** Whether it shows who is to blame that the job stands at this step. */
    synchronized boolean decidesAt(long step) {
        return suspicions.values().stream().anyMatch(s -> step > s.step());
    }

    /** The job has taken a step on this backend and stands at this one now. */
    synchronized void passed(long step, Lease<Backend> on) {
        suspicions
                .entrySet()
                .removeIf(
                        held -> {
                            boolean isDecided = step > held.getValue().step();
                            if (isDecided) {
                                decide(held.getKey(), held.getValue(), on);
                            }
                            return isDecided;
                        });
    }

    /** The suspected backends have failed where this one has not: they are taken out of service. */
    synchronized void confirm(Lease<Backend> on) {
        suspicions.forEach((serial, held) -> decide(serial, held, on));
        suspicions.clear();
    }

    private void decide(long serial, Suspicion held, Lease<Backend> on) {
        if (serial != on.serial()) { // else it did not fail at the second attempt
            takeOut(serial, held);
        }
    }

    /** Whether this call took it out: it may have left, or be out of service already. */
    private boolean takeOut(long serial, Suspicion held) {
        if (backends.first(e -> e.serial == serial && e.fault.isEmpty()) == null) {
            return false;
        }
        backends.fault(serial, held.why());
        bulletin.note(
                held.backend()
                        + ": taken out of service ("
                        + held.why()
                        + "); `kernfield selftest "
                        + held.backend()
                        + "` brings it back");
        return true;
    }
}
