package org.kernfield.engine.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The services of one kind that are here now, best first, and the leases on them. A service that
 * leaves gets no new lease, and its departure waits a bounded time for the leases it has.
 */
final class Roster<S> {
    private final Function<? super S, String> name;
    private final ToIntFunction<? super S> ranking;
    private final List<Entry<S>> entries = new ArrayList<>();
    private final List<Runnable> arrivals = new CopyOnWriteArrayList<>();
    private final Map<String, Long> left = new HashMap<>();
    private long arrived;

    /** A service with what is known of it; the lock of the roster guards {@code leases}. */
    static final class Entry<S> {
        volatile long serial;
        final S service;
        final String name;
        final int ranking;
        int leases;
        volatile boolean leaving;
        volatile boolean broken;
        volatile String fault = "";

        Entry(long serial, S service, String name, int ranking) {
            this.serial = serial;
            this.service = service;
            this.name = name;
            this.ranking = ranking;
        }
    }

    Roster(Function<? super S, String> name, ToIntFunction<? super S> ranking) {
        this.name = name;
        this.ranking = ranking;
    }

    /** Calls {@code action} after each arrival, on the thread that brought it. */
    void onArrival(Runnable action) {
        arrivals.add(action);
    }

    void add(S service) {
        String serviceName = name.apply(service);
        int rank = ranking.applyAsInt(service);
        synchronized (this) {
            entries.add(new Entry<>(++arrived, service, serviceName, rank));
            // of two with one name the newer is taken: an update has arrived before the old leaves
            entries.sort(
                    Comparator.comparingInt((Entry<S> e) -> -e.ranking)
                            .thenComparing(e -> e.name)
                            .thenComparingLong(e -> -e.serial));
            notifyAll();
        }
        arrivals.forEach(Runnable::run);
    }

    /**
     * Takes a service off and waits until its leases are given back.
     *
     * @return false if they were not within {@code bound}; they are broken then
     */
    boolean remove(S service, Duration bound) {
        Entry<S> entry = take(service);
        if (entry == null) {
            return true;
        }
        boolean isWell = drained(entry, bound);
        noteLeft(entry);
        return isWell;
    }

    private synchronized void noteLeft(Entry<S> entry) {
        left.put(entry.name, System.nanoTime());
    }

    private synchronized Entry<S> take(S service) {
        for (Entry<S> entry : entries) {
            if (entry.service == service) {
                entries.remove(entry);
                entry.leaving = true;
                noteLeft(entry);
                return entry;
            }
        }
        return null;
    }

    private synchronized boolean drained(Entry<S> entry, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        boolean interrupted = false;
        while (entry.leases > 0) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                entry.broken = true;
                break;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !entry.broken;
    }

    /** How many have come so far; when it changes, a failed search is worth repeating. */
    synchronized long arrived() {
        return arrived;
    }

    /** The best that is wanted, leased; null if there is none. */
    Lease<S> lease(Predicate<? super Entry<S>> wanted) {
        for (Entry<S> entry : snapshot()) {
            if (wanted.test(entry)) {
                synchronized (this) {
                    if (!entry.leaving) {
                        entry.leases++;
                        return new Lease<>(this, entry);
                    }
                }
            }
        }
        return null;
    }

    /** The best that is wanted, not leased; null if there is none. */
    Entry<S> first(Predicate<? super Entry<S>> wanted) {
        return snapshot().stream().filter(wanted).findFirst().orElse(null);
    }

    /** Takes one out of service; it stays listed with the reason. */
    void fault(long serial, String why) {
        snapshot().stream().filter(e -> e.serial == serial).forEach(e -> e.fault = why);
    }

    /** Takes one back into service, as if it had just arrived: under a new serial number. */
    void reinstate(long serial) {
        Entry<S> entry = first(e -> e.serial == serial && !e.fault.isEmpty());
        if (entry != null) {
            synchronized (this) {
                entry.serial = ++arrived;
                entry.fault = "";
                notifyAll();
            }
            arrivals.forEach(Runnable::run);
        }
    }

    /** As {@link #lease}, waiting for an arrival at most {@code limit}. */
    Lease<S> await(Predicate<? super Entry<S>> wanted, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long before = arrived();
            Lease<S> lease = lease(wanted);
            if (lease != null) {
                return lease;
            }
            synchronized (this) {
                while (arrived == before) {
                    long millis = (deadline - System.nanoTime()) / 1_000_000;
                    if (millis <= 0) {
                        return null;
                    }
                    wait(millis);
                }
            }
        }
    }

    /**
     * Waits for one of that name if it left less than {@code limit} ago: it is probably being
     * updated. Returns at once if there is one, or there was none.
     *
     * @return whether there is one
     */
    synchronized boolean awaitReturn(String wanted, Duration limit) {
        while (!isHere(wanted) && left.containsKey(wanted)) {
            long due = left.get(wanted) + limit.toNanos() - System.nanoTime();
            if (due <= 0) {
                left.remove(wanted);
                return false;
            }
            try {
                wait(due / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return isHere(wanted);
            }
        }
        return isHere(wanted);
    }

    private boolean isHere(String wanted) {
        return entries.stream().anyMatch(e -> e.name.equals(wanted));
    }

    synchronized void release(Entry<S> entry) {
        entry.leases--;
        notifyAll();
    }

    /** All entries, best first. */
    synchronized List<Entry<S>> snapshot() {
        return List.copyOf(entries);
    }

    List<String> names() {
        return snapshot().stream().map(e -> e.name).distinct().toList();
    }
}
