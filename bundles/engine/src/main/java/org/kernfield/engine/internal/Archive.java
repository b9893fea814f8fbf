package org.kernfield.engine.internal;

import org.kernfield.backend.Array;
import org.kernfield.engine.JobState;
import org.kernfield.engine.Wish;
import org.kernfield.field.Image;
import org.kernfield.field.ImageTask;
import org.kernfield.field.State;
import org.kernfield.field.Task;
import org.kernfield.format.FormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Where one job is kept on disk. A disk that fails costs the checkpoint, never the fit: it is said
 * once, and the job goes on.
 */
final class Archive {
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    /** Prefix of what the engine itself adds to a state. */
    private static final String OWN = "engine.";

    private volatile JobFiles files;
    private final String inputCheck;
    private final boolean isNew;
    private final long created;
    private boolean failed;
    private boolean isSaid;
    private boolean hasState;
    private volatile boolean isClosed;

    /**
     * @param files null for a job that is not kept
     * @param inputCheck tells a changed input
     * @param created milliseconds since 1970, or null for now
     */
    Archive(JobFiles files, String inputCheck, String created) {
        this.files = files;
        this.inputCheck = inputCheck;
        this.isNew = created == null;
        this.created = isNew ? System.currentTimeMillis() : Long.parseLong(created);
        this.hasState = !isNew;
    }

    /** Writes the record alone. */
    synchronized void note(FitJob job) {
        guarded(() -> files.writeRecord(record(job)));
    }

    /** Writes a checkpoint, then the record that tells of it. */
    synchronized void save(FitJob job, Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        guarded(
                () -> {
                    if (job.order().input() == null
                            && !files.hasInput()
                            && job.order().task() instanceof ImageTask picture) {
                        files.writeInput(input(picture));
                    }
                    var values = new LinkedHashMap<>(snapshot.state().values());
                    values.put(OWN + "step", Long.toString(snapshot.step()));
                    values.put(OWN + "spent", Double.toString(job.pace().elapsed()));
                    files.writeState(new State(snapshot.state().arrays(), values));
                    hasState = true;
                    files.writeRecord(record(job));
                });
    }

    /** Hands over what another process asks of the job; waits for no checkpoint. */
    void takeWishes(Consumer<Wish> taker) {
        JobFiles open = files;
        if (open != null && !isClosed) {
            open.takeWishes(taker);
        }
    }

    /** Why a stopped job stopped, and how it goes on. */
    String stopped(FitJob job) {
        return canResume(job.order())
                ? "cancelled; resume with: ./kernfield resume " + job.id()
                : "cancelled; nothing of it is kept, start it anew";
    }

    /**
     * A file can be read again; data in memory are kept with the checkpoint, if of a known kind.
     */
    private boolean canResume(Order order) {
        boolean isKept = files != null && !failed;
        return isKept && (order.input() != null || (hasState && order.task() instanceof ImageTask));
    }

    /** Writes how it ended; a result needs no checkpoint any more. */
    synchronized void close(FitJob job) {
        try {
            guarded(
                    () -> {
                        files.writeRecord(record(job));
                        if (job.status().state() == JobState.DONE) {
                            files.dropState();
                        }
                    });
        } finally {
            guarded(() -> files.close());
            isClosed = true;
        }
    }

    /** Takes back what was begun in vain; a resumed job stays as it was. */
    synchronized void discard() {
        guarded(
                () -> {
                    try (JobFiles open = files) {
                        if (isNew) {
                            open.delete();
                        }
                    }
                });
        files = null;
    }

    /**
     * What a checkpoint holds.
     *
     * @param spent seconds
     */
    record Kept(Snapshot snapshot, double spent) {}

    static Kept load(JobFiles files) throws IOException {
        State state = files.readState();
        var values = new LinkedHashMap<>(state.values());
        try {
            long step = Long.parseLong(values.remove(OWN + "step"));
            double spent = Double.parseDouble(values.remove(OWN + "spent"));
            return new Kept(new Snapshot(new State(state.arrays(), values), step), spent);
        } catch (NumberFormatException | NullPointerException e) {
            throw new FormatException(
                    files.id() + ": broken checkpoint (no step); start the fit anew");
        }
    }

    /**
     * A stored record as its checkpoint has it: a process killed between writing the two leaves a
     * record that lags behind.
     */
    static Map<String, String> upToDate(Map<String, String> record, Map<String, String> values) {
        var whole = new TreeMap<>(record);
        for (String key : List.of("step", "spent")) {
            String text = values.get(OWN + key);
            if (text != null) {
                whole.put(key, text);
            }
        }
        return whole;
    }

    static Task loadInput(JobFiles files) throws IOException {
        State stored = files.readInput();
        return new ImageTask(
                new Image(
                        (int) stored.integer("width"),
                        (int) stored.integer("height"),
                        (int) stored.integer("channels"),
                        stored.array("image").toFloats()));
    }

    private static State input(ImageTask task) {
        Image image = task.image();
        return new State(
                Map.of("image", Array.of(image.channels(), image.values())),
                Map.of(
                        "width", Integer.toString(image.width()),
                        "height", Integer.toString(image.height()),
                        "channels", Integer.toString(image.channels())));
    }

    private Map<String, String> record(FitJob job) {
        return JobRecord.of(job.order(), job.writtenVersion(), job.status(), created, inputCheck);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void guarded(Writing writing) {
        if (files == null || isClosed) {
            return;
        }
        try {
            uninterrupted(writing);
            failed = false;
        } catch (IOException e) {
            if (!isSaid) {
                LOG.warn(
                        "job {}: its checkpoint cannot be written ({}); it goes on without",
                        files.id(),
                        e.toString());
            }
            isSaid = true;
            failed = true;
        }
    }

    /** Ctrl-C at the moment of writing must not cost the checkpoint: it is heard afterwards. */
    private static void uninterrupted(Writing writing) throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            writing.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            isInterrupted = true;
            writing.run();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
