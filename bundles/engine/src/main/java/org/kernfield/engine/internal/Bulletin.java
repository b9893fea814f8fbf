package org.kernfield.engine.internal;

import org.kernfield.engine.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a job tells: its status to listeners, a line for each event to its log. */
final class Bulletin {
    private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);
    private static final long EVERY_NANOS = 200_000_000;

    /** Kept of a job's log; older ones are in the engine's. */
    private static final int LINES = 1_000;

    private final String job;
    private final Supplier<JobStatus> status;
    private final List<Consumer<JobStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private long toldAt = System.nanoTime();

    Bulletin(String job, Supplier<JobStatus> status) {
        this.job = job;
        this.status = status;
    }

    AutoCloseable listen(Consumer<JobStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** One line in the job's log and the engine's. */
    void note(String line) {
        lines.add(line);
        if (lines.size() > LINES) {
            lines.removeFirst();
        }
        LOG.info("{} {}", job, line);
    }

    /** Tells the status if it was not told for a while. */
    void progress() {
        if (System.nanoTime() - toldAt > EVERY_NANOS) {
            tell();
        }
    }

    /** Tells the status. */
    void tell() {
        toldAt = System.nanoTime();
        JobStatus now = status.get();
        for (var listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOG.warn("a listener of job {} failed: {}", job, e.toString());
            }
        }
    }
}
