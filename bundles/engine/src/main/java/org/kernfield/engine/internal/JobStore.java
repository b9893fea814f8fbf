package org.kernfield.engine.internal;

import org.kernfield.engine.Wish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The jobs under {@code KERNFIELD_HOME/jobs}, shared by processes. */
final class JobStore {
    private static final Logger LOG = LoggerFactory.getLogger(JobStore.class);

    /** Records of ended jobs that are kept. */
    private static final int KEPT = 50;

    /** A directory without a record is about to have one, unless its process was killed. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final Object PRUNING = new Object();

    private final Path home;

    JobStore(Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    private Path jobs() {
        return home.resolve("jobs");
    }

    /**
     * A stored job.
     *
     * @param isLive whether a process runs it now
     */
    record Stored(String id, Map<String, String> record, boolean isLive, boolean hasState) {}

    /** A new directory with a short id from {@code name}, locked. */
    JobFiles create(String name) throws IOException {
        Files.createDirectories(jobs());
        tidy();
        prune();
        String stem = stem(name);
        for (int k = 1; ; k++) {
            try {
                Path directory = Files.createDirectory(jobs().resolve(stem + "-" + k));
                JobFiles files = JobFiles.lockPatiently(directory);
                if (files != null) {
                    return files;
                }
            } catch (FileAlreadyExistsException e) {
                // taken, try the next number
            }
        }
    }

    /** {@code Astronaut big.png} gives {@code astronaut-big}. */
    static String stem(String name) {
        String stem = Path.of(name).getFileName() == null ? "" : fileStem(name);
        stem = stem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        stem = stem.replaceAll("^-+|-+$", "");
        return stem.isEmpty() ? "job" : stem.substring(0, Math.min(24, stem.length()));
    }

    private static String fileStem(String name) {
        String file = Path.of(name).getFileName().toString();
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /**
     * Locks a stored job.
     *
     * @throws IllegalArgumentException if there is none or a process runs it
     */
    JobFiles reopen(String id) throws IOException {
        Path directory = directory(id);
        JobFiles files = JobFiles.lockPatiently(directory);
        if (files == null) {
            throw new IllegalArgumentException(
                    id + ": it is running, here or in another process; cancel it there first");
        }
        files.dropPartial();
        return files;
    }

    /**
     * Leaves a wish for the process that runs a job.
     *
     * @throws IllegalArgumentException if there is no such job or no process runs it
     */
    void ask(String id, Wish wish) throws IOException {
        Path directory = directory(id);
        if (!isLive(directory)) {
            throw new IllegalArgumentException(
                    id + ": it does not run; `kernfield jobs` lists those that do");
        }
        JobFiles.leaveWish(directory, wish);
    }

    /** Whether something is kept of a job. */
    boolean has(String id) {
        return Files.isDirectory(jobs().resolve(id));
    }

    /**
     * Removes what is kept of a job.
     *
     * @throws IllegalArgumentException if there is no such job or a process runs it
     */
    void remove(String id) throws IOException {
        try (JobFiles files = reopen(id)) {
            files.delete();
        }
    }

    private Path directory(String id) {
        Path directory = jobs().resolve(id).normalize();
        if (id.isEmpty()
                || !jobs().normalize().equals(directory.getParent())
                || !Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    id + ": no such job; `kernfield jobs` lists those there are");
        }
        return directory;
    }

    /** All stored jobs, oldest first. */
    List<Stored> list() {
        var stored = new ArrayList<Stored>();
        if (!Files.isDirectory(jobs())) {
            return stored;
        }
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(jobs())) {
            for (Path directory : directories) {
                Map<String, String> record = JobFiles.record(directory);
                if (!record.isEmpty()) {
                    add(stored, directory, record);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("{}: cannot be listed ({})", jobs(), e.toString());
        }
        stored.sort(
                Comparator.comparingLong((Stored s) -> created(s.record)).thenComparing(s -> s.id));
        return stored;
    }

    /** Passes over a record that another version wrote and this one cannot read. */
    private static void add(List<Stored> to, Path directory, Map<String, String> record) {
        boolean isLive = isLive(directory);
        var stored =
                new Stored(
                        directory.getFileName().toString(),
                        isLive || JobRecord.isEnded(record)
                                ? record
                                : Archive.upToDate(record, JobFiles.checkpoint(directory)),
                        isLive,
                        JobFiles.hasState(directory));
        try {
            JobRecord.status(stored);
            to.add(stored);
        } catch (IllegalArgumentException e) {
            LOG.debug("{}: it cannot be read here", directory, e);
        }
    }

    private static boolean isLive(Path directory) {
        try (JobFiles files = JobFiles.lock(directory)) {
            return files == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static long created(Map<String, String> record) {
        try {
            return Long.parseLong(record.getOrDefault("created", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Removes what killed processes have left half-made. */
    private void tidy() {
        try (var all = Files.newDirectoryStream(jobs(), Files::isDirectory)) {
            for (Path directory : all) {
                if (JobFiles.hasPartial(directory) || isForsaken(directory)) {
                    tidy(directory);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{}: it cannot be listed", jobs(), e);
        }
    }

    private static boolean isForsaken(Path directory) throws IOException {
        Instant settled = Instant.now().minus(SETTLED);
        return JobFiles.isEmpty(directory)
                && Files.getLastModifiedTime(directory).toInstant().isBefore(settled);
    }

    private static void tidy(Path directory) {
        try (JobFiles files = JobFiles.lock(directory)) {
            if (files == null) {
                return;
            }
            if (JobFiles.isEmpty(directory)) {
                files.delete();
            } else {
                files.dropPartial();
            }
        } catch (IOException e) {
            LOG.debug("{}: it cannot be tidied", directory, e);
        }
    }

    /** Removes the oldest records of jobs that can never go on; others may be at it too. */
    private void prune() {
        synchronized (PRUNING) {
            try (var all = Files.list(jobs())) {
                if (all.limit(2L * KEPT).count() < 2L * KEPT) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("{}: it cannot be listed", jobs(), e);
                return;
            }
            List<Stored> ended = list().stream().filter(s -> !s.isLive && !s.hasState).toList();
            ended.subList(0, Math.max(0, ended.size() - KEPT)).forEach(this::removeIfStill);
        }
    }

    /** Its name may be another job's by now. */
    private void removeIfStill(Stored old) {
        try (JobFiles files = JobFiles.lock(jobs().resolve(old.id))) {
            if (files == null || files.hasState()) {
                return;
            }
            Map<String, String> now = files.record();
            if (JobRecord.isEnded(now) && created(now) == created(old.record)) {
                files.delete();
            }
        } catch (IOException e) {
            LOG.debug("{}: it is gone already", old.id, e);
        }
    }
}
