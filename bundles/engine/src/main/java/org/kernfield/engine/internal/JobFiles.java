package org.kernfield.engine.internal;

import org.kernfield.engine.Wish;
import org.kernfield.field.State;
import org.kernfield.format.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The directory of one job, locked by the process that runs it: {@code job.properties}, {@code
 * state.safetensors} and, for data in memory, {@code input.safetensors}.
 */
final class JobFiles implements AutoCloseable {
    /**
     * Directories locked by this process. Looking at a lock of one's own would lose it: closing any
     * channel on a file gives up the process's POSIX locks on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);

    private static final String RECORD = "job.properties";
    private static final String STATE = "state.safetensors";
    private static final String INPUT = "input.safetensors";

    /** Begins the names of wishes, which end with the time in the order of their making. */
    private static final String WISH = "wish-";

    /** What is left of a file whose writing was broken off; wishes are others' and not locked. */
    private static final String PARTIAL = ".{job,state,input}*.part";

    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path directory;
    private final FileChannel channel;

    private JobFiles(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Locks a directory; null if another job runs there. */
    static JobFiles lock(Path directory) throws IOException {
        Path place = directory.toRealPath();
        if (!HELD.add(place)) {
            return null;
        }
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel =
                    FileChannel.open(
                            place.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            isLocked = lock != null;
            return isLocked ? new JobFiles(place, channel) : null;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!isLocked) {
                HELD.remove(place);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /**
     * The same, waiting a little for whoever only looks whether a job runs there: that takes the
     * lock for a moment.
     */
    static JobFiles lockPatiently(Path directory) throws IOException {
        long deadline = System.nanoTime() + GLANCE.toNanos();
        while (true) {
            JobFiles files = lock(directory);
            if (files != null || System.nanoTime() > deadline) {
                return files;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    String id() {
        return directory.getFileName().toString();
    }

    /** Texts of a job's record; empty if there is none or it is unreadable. */
    static Map<String, String> record(Path directory) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(directory.resolve(RECORD))));
        } catch (IOException | IllegalArgumentException e) {
            return Map.of();
        }
        return properties.stringPropertyNames().stream()
                .collect(
                        Collectors.toMap(
                                k -> k, properties::getProperty, (a, b) -> a, TreeMap::new));
    }

    Map<String, String> record() {
        return record(directory);
    }

    void writeRecord(Map<String, String> record) throws IOException {
        var properties = new Properties();
        properties.putAll(record);
        var text = new StringWriter();
        properties.store(text, null);
        AtomicFile.write(
                directory.resolve(RECORD),
                out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    static boolean hasState(Path directory) {
        return Files.exists(directory.resolve(STATE));
    }

    boolean hasState() {
        return hasState(directory);
    }

    /** The named numbers of a job's checkpoint; empty if there is none or it is unreadable. */
    static Map<String, String> checkpoint(Path directory) {
        try {
            return hasState(directory) ? TensorFile.values(directory.resolve(STATE)) : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    State readState() throws IOException {
        return TensorFile.read(directory.resolve(STATE));
    }

    void writeState(State state) throws IOException {
        TensorFile.write(state, directory.resolve(STATE));
    }

    boolean hasInput() {
        return Files.exists(directory.resolve(INPUT));
    }

    State readInput() throws IOException {
        return TensorFile.read(directory.resolve(INPUT));
    }

    void writeInput(State input) throws IOException {
        TensorFile.write(input, directory.resolve(INPUT));
    }

    /** Leaves a wish for the process that runs the job. */
    static void leaveWish(Path directory, Wish wish) throws IOException {
        String backend = wish.backend() == null ? "" : " " + wish.backend();
        String name = WISH + System.currentTimeMillis() + "-" + System.nanoTime();
        AtomicFile.write(
                directory.resolve(name),
                out -> out.write((wish.kind() + backend).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Hands over what other processes asked for, oldest first; what cannot be read is passed over.
     * A wish lies there until {@code taker} has returned.
     */
    void takeWishes(Consumer<Wish> taker) {
        try (var files = Files.newDirectoryStream(directory, WISH + "*")) {
            var names = new TreeSet<Path>();
            files.forEach(names::add);
            for (Path file : names) {
                try {
                    taker.accept(wish(Files.readString(file)));
                } catch (IOException | IllegalArgumentException e) {
                    LOG.debug("{}: it cannot be read ({})", file, e.toString());
                }
                Files.delete(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{}: wishes cannot be taken ({})", directory, e.toString());
        }
    }

    private static Wish wish(String text) {
        String[] words = text.strip().split(" ", 2);
        return new Wish(Wish.Kind.valueOf(words[0]), words.length > 1 ? words[1] : null);
    }

    /** Leaves only the record. */
    void dropState() throws IOException {
        Files.deleteIfExists(directory.resolve(STATE));
        Files.deleteIfExists(directory.resolve(INPUT));
    }

    /** Whether a killed process has left files there that are not whole. */
    static boolean hasPartial(Path directory) {
        try (var partial = Files.newDirectoryStream(directory, PARTIAL)) {
            return partial.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    /** Removes files that are not whole: whoever wrote them was killed, the lock is ours now. */
    void dropPartial() {
        try (var partial = Files.newDirectoryStream(directory, PARTIAL)) {
            for (Path file : partial) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{}: it cannot be tidied", directory, e);
        }
    }

    /** Whether it holds neither a record nor a checkpoint. */
    static boolean isEmpty(Path directory) {
        return Files.notExists(directory.resolve(RECORD))
                && Files.notExists(directory.resolve(STATE));
    }

    /** Removes the directory with all it holds. */
    void delete() throws IOException {
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    /** Unlocks it for other processes. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
