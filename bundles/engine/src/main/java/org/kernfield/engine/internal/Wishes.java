package org.kernfield.engine.internal;

import org.kernfield.backend.Backend;
import org.kernfield.engine.Policy;
import org.kernfield.engine.Wish;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What is wanted of a job from outside: that it rests or ends, and where it runs. Thread-safe. */
final class Wishes {
    private final Set<Long> shunned = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> wanted = new AtomicReference<>();
    private final Policy policy;
    private volatile String named;
    private volatile String current;
    private volatile boolean isPaused;
    private volatile boolean isCancelled;
    private volatile long cancelledAt;

    /**
     * @param named backend that was asked for, or null
     */
    Wishes(Policy policy, String named) {
        this.policy = policy;
        this.named = named;
    }

    void ask(Wish wish) {
        switch (wish.kind()) {
            case PAUSE -> isPaused = true;
            case PROCEED -> isPaused = false;
            case SWAP -> wanted.set(wish.backend());
            case CANCEL -> {
                if (!isCancelled) {
                    cancelledAt = System.nanoTime();
                    isCancelled = true;
                }
            }
        }
    }

    boolean isCancelled() {
        return isCancelled;
    }

    /** Whether it was cancelled more than {@code nanos} ago. */
    boolean isCancelledFor(long nanos) {
        return isCancelled && System.nanoTime() - cancelledAt > nanos;
    }

    boolean isPaused() {
        return isPaused;
    }

    /** It runs on {@code backend} now. */
    void on(String backend) {
        current = backend;
    }

    /**
     * The backend it is to run on, leased; null if there is none for it. The answer uses a request
     * to move up.
     */
    Lease<Backend> lease(Roster<Backend> backends) {
        String asked = takeWanted();
        if (asked != null) {
            current = asked;
        }
        Roster.Entry<Backend> chosen;
        while ((chosen = chosen(backends)) != null) {
            long serial = chosen.serial;
            Lease<Backend> lease = backends.lease(e -> e.serial == serial);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    /** The backend of a request to move that has come since, from now on the named one; or null. */
    private String takeWanted() {
        String asked = wanted.getAndSet(null);
        if (asked != null) {
            named = asked;
        }
        return asked;
    }

    private Roster.Entry<Backend> chosen(Roster<Backend> backends) {
        Predicate<Roster.Entry<Backend>> usable =
                e -> e.fault.isEmpty() && !shunned.contains(e.serial);
        Roster.Entry<Backend> chosen =
                policy == Policy.STICKY ? first(backends, usable, current) : null;
        if (chosen == null) {
            chosen = first(backends, usable, named);
        }
        return chosen != null || policy == Policy.PINNED ? chosen : backends.first(usable);
    }

    private static Roster.Entry<Backend> first(
            Roster<Backend> backends, Predicate<Roster.Entry<Backend>> usable, String name) {
        return name == null ? null : backends.first(usable.and(e -> e.name.equals(name)));
    }

    /**
     * Why it should leave the backend it runs on for another that is there; null if it should not.
     * The answer uses a request to move up.
     */
    String leaves(Lease<Backend> here, Roster<Backend> backends) {
        String asked = takeWanted();
        if (asked != null && !asked.equals(here.name()) && chosen(backends) != null) {
            current = asked;
            return "asked for";
        }
        if (policy == Policy.STICKY) {
            return null;
        }
        Roster.Entry<Backend> chosen = chosen(backends);
        if (chosen == null || chosen.serial == here.serial()) {
            return null;
        }
        return chosen.name.equals(here.name()) ? "updated" : "preferred one is there";
    }

    /** Why nothing is there for it. */
    String nothing() {
        return policy == Policy.PINNED
                ? "backend " + named + " is not in service; it goes on when that comes"
                : "no backend is in service; it goes on when one comes";
    }

    /** Keeps off a backend, by the serial number of its arrival, that failed this job. */
    void shun(long serial) {
        shunned.add(serial);
    }

    /** Takes back {@link #shun}. */
    void forgive(long serial) {
        shunned.remove(serial);
    }

    /** Takes back every {@link #shun}; whether there was one. */
    boolean forgiveAll() {
        boolean had = !shunned.isEmpty();
        shunned.clear();
        return had;
    }
}
