package org.kernfield.splat.train;

import org.kernfield.field.AbsentException;
import org.kernfield.field.Nearest;
import org.kernfield.splat.DensityStrategy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/** The density strategies that are there at the moment; one that is used does not leave. */
public final class Strategies {
    private static final long PATIENCE_SECONDS = 10;

    private final List<DensityStrategy> there = new CopyOnWriteArrayList<>();
    private final ReadWriteLock departures = new ReentrantReadWriteLock();

    public void add(DensityStrategy strategy) {
        there.add(strategy);
    }

    /** Takes one off, and waits until nobody uses it, at most ten seconds. */
    public void remove(DensityStrategy strategy) {
        there.remove(strategy);
        try {
            if (departures.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                departures.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Uses the strategy of a name, the one that came last if there are several.
     *
     * @throws AbsentException naming those that are there, if that is not
     */
    void with(String name, Consumer<DensityStrategy> use) {
        departures.readLock().lock();
        try {
            use.accept(
                    there.reversed().stream()
                            .filter(s -> s.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> absent(name)));
        } finally {
            departures.readLock().unlock();
        }
    }

    private AbsentException absent(String name) {
        return new AbsentException(
                "strategy = " + name + ": is not here",
                Nearest.suggestion(name, there.stream().map(DensityStrategy::name).toList()));
    }
}
