package org.kernfield.engine.internal;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a service for a short while. */
final class Lease<S> implements AutoCloseable {
    private final Roster<S> roster;
    private final Roster.Entry<S> entry;
    private final AtomicBoolean isGivenBack = new AtomicBoolean();
    private volatile boolean isAbandoned;

    Lease(Roster<S> roster, Roster.Entry<S> entry) {
        this.roster = roster;
        this.entry = entry;
    }

    S service() {
        return entry.service;
    }

    String name() {
        return entry.name;
    }

    /** Tells two services of one name apart. */
    long serial() {
        return entry.serial;
    }

    /** Whether the service waits for this lease to be given back. */
    boolean isLeaving() {
        return entry.leaving;
    }

    /** Whether it has waited too long: whatever still runs on it is to be abandoned. */
    boolean isBroken() {
        return entry.broken || isAbandoned;
    }

    /** Breaks and gives it back: whoever uses it is not waited for any longer. */
    void abandon() {
        isAbandoned = true;
        close();
    }

    /** Gives it back, once. */
    @Override
    public void close() {
        if (isGivenBack.compareAndSet(false, true)) {
            roster.release(entry);
        }
    }
}
