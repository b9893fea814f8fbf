package org.kernfield.engine.internal;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is wanted of a job from outside: that it ends, and where it runs. Thread-safe. */
final class Wishes {
    private final Set<Long> shunned = ConcurrentHashMap.newKeySet();
    private volatile String preferred;
    private volatile String wanted;
    private volatile boolean isCancelled;
    private volatile long cancelledAt;

    /**
     * @param preferred backend to begin on if it is there, or null
     */
    Wishes(String preferred) {
        this.preferred = preferred;
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /** Whether it was cancelled more than {@code nanos} ago. */
    boolean isCancelledFor(long nanos) {
        return isCancelled && System.nanoTime() - cancelledAt > nanos;
    }

    void cancel() {
        if (!isCancelled) {
            cancelledAt = System.nanoTime();
            isCancelled = true;
        }
    }

    /** The backend it should stay on; null for the best. */
    String preferred() {
        return preferred;
    }

    void prefer(String backend) {
        preferred = backend;
    }

    /** Asks for a move before the next step. */
    void want(String backend) {
        wanted = backend;
    }

    /**
     * Whether it has been asked to leave {@code here} for another backend that is there. The answer
     * uses the request up.
     */
    boolean leaves(String here, Collection<String> there) {
        String name = wanted;
        if (name == null) {
            return false;
        }
        wanted = null;
        boolean moves = !name.equals(here) && there.contains(name);
        if (moves) {
            preferred = name;
        }
        return moves;
    }

    /** Keeps off a backend, by the serial number of its arrival, that failed this job. */
    void shun(long serial) {
        shunned.add(serial);
    }

    boolean isShunned(long serial) {
        return shunned.contains(serial);
    }
}
