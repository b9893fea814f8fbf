package org.kernfield.testkit;

import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What every codec must do; each check throws an {@link AssertionError}.
 *
 * @param <T> what a file holds
 */
public final class CodecChecks<T> {
    private static final Limits LIMITS = new Limits(64_000_000);
    private static final int CUTS = 200;
    private static final int BROKEN = 600;

    private final Codec<T> codec;
    private final BiPredicate<T, T> same;
    private final String fileName;
    private final Path directory;

    /**
     * @param same whether a value that was read is the one that was written
     * @param fileName what its files are called
     * @param directory empty, for files of the test
     */
    public CodecChecks(Codec<T> codec, BiPredicate<T, T> same, String fileName, Path directory) {
        this.codec = codec;
        this.same = same;
        this.fileName = fileName;
        this.directory = directory;
    }

    /** It says what it is. */
    public void describesItself() {
        require(codec.name().matches("[a-z0-9-]+"), "name " + codec.name());
        require(!codec.extensions().isEmpty(), "it has no file name ending");
        for (String extension : codec.extensions()) {
            require(
                    extension.matches("[a-z0-9]+(\\.[a-z0-9]+)*"),
                    "file name ending '" + extension + "'");
        }
    }

    /**
     * What it writes it recognises and reads back, and writing replaces the older file.
     *
     * @param companions names of the files that it writes beside that it is told
     */
    public void readsWhatItWrites(Iterable<T> values, List<String> companions) throws IOException {
        Path file = folder("written").resolve(fileName);
        for (T value : values) {
            writesTheSameTwice(value, file, companions);
            require(codec.accepts(Probe.of(file)), "it does not recognise its own file");
            require(same.test(codec.read(file, LIMITS), value), "it reads another value back");
        }
    }

    /** What it writes has the same bytes when it is written again, and no file is left beside. */
    public void writesTheSameTwice(T value, Path file, List<String> companions) throws IOException {
        codec.write(value, file);
        byte[] first = Files.readAllBytes(file);
        codec.write(value, file);
        require(
                Arrays.equals(first, Files.readAllBytes(file)),
                "the same value gives other bytes when written again");
        for (Path written : files(file.getParent())) {
            String name = written.getFileName().toString();
            require(
                    name.equals(fileName) || companions.contains(name),
                    "it leaves the file " + name);
        }
    }

    /** A format that is only written says so when it is to be read. */
    public void refusesToRead(T value) throws IOException {
        Path file = folder("unread").resolve(fileName);
        codec.write(value, file);
        require(!codec.accepts(Probe.of(file)), "it recognises what it cannot read");
        try {
            codec.read(file, LIMITS);
            throw new AssertionError("it reads, and its contract says that it does not");
        } catch (FormatException expected) {
            sentence(expected, "to who wants to read");
        }
    }

    /**
     * A file cut short is refused, unless nothing that matters is missing; so is each of the files
     * beside it.
     *
     * @param marksItsEnd whether the format can tell that something is missing at its end
     */
    public void refusesTruncatedFiles(Path sample, boolean marksItsEnd) throws IOException {
        T value = codec.read(sample, LIMITS);
        for (Path part : files(sample.getParent())) {
            byte[] whole = Files.readAllBytes(part);
            Path cut = copy(sample, "cut").resolveSibling(part.getFileName());
            int stride = Math.max(1, whole.length / CUTS);
            for (int length = 0; length < whole.length; length += length < 256 ? 1 : stride) {
                Files.write(cut, Arrays.copyOf(whole, length));
                String when =
                        "%s cut to %d of %d bytes"
                                .formatted(part.getFileName(), length, whole.length);
                T read = readOrNull(cut.resolveSibling(sample.getFileName()), when);
                require(
                        read == null || !marksItsEnd || same.test(read, value),
                        when + ": it reads another value");
            }
        }
    }

    /** The value; null if it was refused in words. */
    private T readOrNull(Path file, String when) {
        try {
            return codec.read(file, LIMITS);
        } catch (IOException expected) {
            sentence(expected, when);
            return null;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(when + ": " + e, e);
        }
    }

    /** Broken bytes, in each of its files, give an {@link IOException} or a value. */
    public void survivesBrokenBytes(Path sample, long seed) throws IOException {
        for (Path part : files(sample.getParent())) {
            Path broken = copy(sample, "broken").resolveSibling(part.getFileName());
            var mutations = new Mutations(List.of(Files.readAllBytes(part)), seed);
            for (int n = 0; n < BROKEN; n++) {
                byte[] bytes = mutations.next();
                Files.write(broken, bytes);
                try {
                    codec.read(broken.resolveSibling(sample.getFileName()), LIMITS);
                } catch (IOException expected) {
                    sentence(expected, "with broken bytes");
                    mutations.note(bytes, expected.getMessage());
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(
                            "broken bytes of %s, number %d of seed %d"
                                    .formatted(part.getFileName(), n, seed),
                            e);
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** The sample and what lies beside it once more. */
    private Path copy(Path sample, String name) throws IOException {
        Path folder = folder(name);
        for (Path file : files(sample.getParent())) {
            Files.copy(
                    file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.resolve(sample.getFileName());
    }

    /** Nothing is allocated beyond the limits. */
    public void keepsToItsLimits(Path sample) throws IOException {
        try {
            codec.read(sample, new Limits(1));
            throw new AssertionError("a limit of one byte is not kept");
        } catch (FormatException e) {
            sentence(e, "beyond its limits");
        }
    }

    /** A file that is missing, empty, a directory or of another kind is refused. */
    public void refusesWhatIsNoSuchFile() throws IOException {
        Path empty = Files.createFile(folder("empty").resolve(fileName));
        Path folder = Files.createDirectories(folder("folder").resolve(fileName));
        Path missing = folder("missing").resolve(fileName);
        Path words = Files.writeString(folder("words").resolve(fileName), "just some words\n");
        for (Path path : new Path[] {missing, empty, folder, words}) {
            try {
                codec.read(path, LIMITS);
                throw new AssertionError(path.getParent().getFileName() + " is not refused");
            } catch (IOException expected) {
                sentence(expected, path.getParent().getFileName().toString());
            } catch (RuntimeException e) {
                throw new AssertionError(path.getParent().getFileName() + ": " + e, e);
            }
        }
        require(!codec.accepts(Probe.of(empty)), "it recognises an empty file as its own");
    }

    /** A file that cannot be written is reported, and nothing is left behind. */
    public void reportsUnwritablePlaces(T value) throws IOException {
        Path nowhere = directory.resolve("no-such-folder").resolve(fileName);
        try {
            codec.write(value, nowhere);
            throw new AssertionError("writing into a folder that does not exist is not refused");
        } catch (IOException expected) {
            require(!Files.exists(nowhere.getParent()), "it leaves a folder");
        }
    }

    /** No file stays open, be it whole, cut short or none; looked at where the system tells. */
    public void closesItsFiles(Path sample) throws IOException {
        for (Path part : files(sample.getParent())) {
            Path file = copy(sample, "open");
            closesItsFiles(file, file.resolveSibling(part.getFileName()));
        }
    }

    private void closesItsFiles(Path file, Path cut) throws IOException {
        byte[] whole = Files.readAllBytes(cut);
        for (int length : new int[] {whole.length, whole.length / 2, 1, 0}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                codec.read(file, LIMITS);
            } catch (IOException expected) {
                // refusesTruncatedFiles looks at the sentence
            }
            require(!isOpen(cut), "a file of " + length + " bytes stays open after it was read");
        }
    }

    /**
     * The same bytes from a codec that came, read and wrote, left and came again, and nothing that
     * keeps the classes of one that has left.
     */
    public void sameBytesWhenItComesAgain(Path sample) throws IOException {
        comesAgain(visitor -> rewritten(visitor, sample));
    }

    /** The same of a format that is only written. */
    public void sameBytesWhenItComesAgain(T value) throws IOException {
        comesAgain(visitor -> written(visitor, value));
    }

    /** Something to do with a codec of its own class loader. */
    @FunctionalInterface
    private interface Visit {
        byte[] of(Codec<?> visitor) throws IOException;
    }

    private void comesAgain(Visit visit) throws IOException {
        byte[] usual = visit.of(codec);
        for (String when : new String[] {"when it came", "when it came again"}) {
            byte[] bytes = Departure.visit(Codec.class, codec, copy -> visited(copy, visit));
            require(Arrays.equals(usual, bytes), "it writes other bytes " + when);
        }
    }

    private static byte[] visited(Codec<?> copy, Visit visit) {
        try {
            return visit.of(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it writes of what it has read; nothing if it only reads. */
    private <V> byte[] rewritten(Codec<V> visitor, Path sample) throws IOException {
        V value = visitor.read(sample, LIMITS);
        return visitor.canWrite() ? written(visitor, value) : new byte[0];
    }

    @SuppressWarnings("unchecked")
    private byte[] written(Codec<?> visitor, Object value) throws IOException {
        Path file = folder("rewritten").resolve(fileName);
        ((Codec<Object>) visitor).write(value, file);
        return Files.readAllBytes(file);
    }

    private static boolean isOpen(Path file) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return false;
        }
        Path real = file.toRealPath();
        try (var open = Files.list(descriptors)) {
            return open.anyMatch(
                    descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).equals(real);
                        } catch (IOException closedMeanwhile) {
                            return false;
                        }
                    });
        }
    }

    private static void sentence(IOException e, String when) {
        require(e.getMessage() != null && !e.getMessage().isBlank(), "no message " + when);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}
