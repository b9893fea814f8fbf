package org.kernfield.testkit;

import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Path directory;

    /**
     * @param same whether a value that was read is the one that was written
     * @param directory empty, for files of the test
     */
    public CodecChecks(Codec<T> codec, BiPredicate<T, T> same, Path directory) {
        this.codec = codec;
        this.same = same;
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

    /** What it writes it recognises and reads back, and writing replaces the older file. */
    public void readsWhatItWrites(Iterable<T> values) throws IOException {
        Path file = directory.resolve("written." + codec.extensions().getFirst());
        for (T value : values) {
            codec.write(value, file);
            require(codec.accepts(Probe.of(file)), "it does not recognise its own file");
            require(same.test(codec.read(file, LIMITS), value), "it reads another value back");
            byte[] first = Files.readAllBytes(file);
            codec.write(value, file);
            require(
                    Arrays.equals(first, Files.readAllBytes(file)),
                    "the same value gives other bytes when written again");
        }
        try (var files = Files.list(directory)) {
            require(
                    files.filter(f -> !f.equals(file)).noneMatch(Files::isRegularFile),
                    "it leaves files");
        }
    }

    /** A file cut short is refused, unless nothing that matters is missing. */
    public void refusesTruncatedFiles(Path sample) throws IOException {
        byte[] whole = Files.readAllBytes(sample);
        T value = codec.read(sample, LIMITS);
        Path cut = directory.resolve("cut-" + sample.getFileName());
        int stride = Math.max(1, whole.length / CUTS);
        for (int length = 0; length < whole.length; length += length < 256 ? 1 : stride) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                T read = codec.read(cut, LIMITS);
                require(
                        same.test(read, value),
                        "cut to "
                                + length
                                + " of "
                                + whole.length
                                + " bytes it reads another value");
            } catch (IOException expected) {
                sentence(expected, "cut to " + length + " bytes");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("cut to " + length + " bytes: " + e, e);
            }
        }
    }

    /** Broken bytes give an {@link IOException} or a value, and nothing else. */
    public void survivesBrokenBytes(Path sample, long seed) throws IOException {
        Path broken = directory.resolve("broken-" + sample.getFileName());
        var mutations = new Mutations(List.of(Files.readAllBytes(sample)), seed);
        for (int n = 0; n < BROKEN; n++) {
            byte[] bytes = mutations.next();
            Files.write(broken, bytes);
            try {
                codec.read(broken, LIMITS);
            } catch (IOException expected) {
                sentence(expected, "with broken bytes");
                mutations.note(bytes, expected.getMessage());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("broken bytes, number " + n + " of seed " + seed, e);
            }
        }
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
        String ending = "." + codec.extensions().getFirst();
        Path empty = Files.createFile(directory.resolve("empty" + ending));
        Path folder = Files.createDirectory(directory.resolve("folder" + ending));
        Path text = Files.writeString(directory.resolve("text" + ending), "just some words\n");
        for (Path path : new Path[] {directory.resolve("missing" + ending), empty, folder, text}) {
            try {
                codec.read(path, LIMITS);
                throw new AssertionError(path.getFileName() + " is not refused");
            } catch (IOException expected) {
                sentence(expected, path.getFileName().toString());
            } catch (RuntimeException e) {
                throw new AssertionError(path.getFileName() + ": " + e, e);
            }
        }
        require(!codec.accepts(Probe.of(empty)), "it recognises an empty file as its own");
    }

    /** A file that cannot be written is reported, and nothing is left behind. */
    public void reportsUnwritablePlaces(T value) throws IOException {
        Path nowhere = directory.resolve("no-such-folder").resolve("file");
        try {
            codec.write(value, nowhere);
            throw new AssertionError("writing into a folder that does not exist is not refused");
        } catch (IOException expected) {
            require(!Files.exists(nowhere.getParent()), "it leaves a folder");
        }
    }

    /** No file stays open, be it whole, cut short or none; looked at where the system tells. */
    public void closesItsFiles(Path sample) throws IOException {
        Path cut = directory.resolve("open-" + sample.getFileName());
        byte[] whole = Files.readAllBytes(sample);
        for (int length : new int[] {whole.length, whole.length / 2, 1, 0}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                codec.read(cut, LIMITS);
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
        byte[] usual = rewritten(codec, sample);
        for (String when : new String[] {"when it came", "when it came again"}) {
            byte[] bytes = Departure.visit(Codec.class, codec, copy -> visited(copy, sample));
            require(Arrays.equals(usual, bytes), "it writes other bytes " + when);
        }
    }

    private byte[] visited(Codec<?> copy, Path sample) {
        try {
            return rewritten(copy, sample);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it writes of what it has read; nothing if it only reads. */
    private <V> byte[] rewritten(Codec<V> visitor, Path sample) throws IOException {
        V value = visitor.read(sample, LIMITS);
        if (!visitor.canWrite()) {
            return new byte[0];
        }
        Path file = directory.resolve("rewritten." + visitor.extensions().getFirst());
        visitor.write(value, file);
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
