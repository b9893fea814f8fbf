package org.kernfield.testkit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.Codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The contract of codecs for JUnit 5; a subclass says which one.
 *
 * @param <T> what a file holds
 */
public abstract class CodecContract<T> {
    @TempDir Path directory;

    /**
     * The codec to be tested, of a public class with a public constructor without parameters: it
     * leaves and comes again with other classes.
     */
    protected abstract Codec<T> codec();

    /** Values to write, the first small; empty for a codec that only reads. */
    protected abstract List<T> values();

    /** Whether a value that was read is the one that was written. */
    protected abstract boolean same(T read, T written);

    /** What its files are called, where it looks at names. */
    protected String fileName() {
        return "sample." + codec().extensions().getFirst();
    }

    /** Names of the files that it writes beside {@link #fileName}. */
    protected List<String> companions() {
        return List.of();
    }

    /** Whether it reads; if not, {@link #values} are only written. */
    protected boolean reads() {
        return true;
    }

    /** Whether its format can tell that something is missing at the end. */
    protected boolean marksItsEnd() {
        return true;
    }

    /** A small valid file, what it needs beside it; written by the codec itself unless told. */
    protected Path sample(Path folder) throws IOException {
        Path file = folder.resolve(fileName());
        codec().write(values().getFirst(), file);
        return file;
    }

    /** Seed of the broken bytes. */
    protected long seed() {
        return Long.getLong("kernfield.seed", 20_260_101L);
    }

    private CodecChecks<T> checks() {
        return new CodecChecks<>(codec(), this::same, fileName(), directory);
    }

    private Path sample() throws IOException {
        Assumptions.assumeTrue(reads(), codec().name() + " only writes");
        return sample(Files.createDirectory(directory.resolve("sample")));
    }

    private void assumeItWrites() {
        Assumptions.assumeTrue(codec().canWrite(), codec().name() + " only reads");
    }

    @Test
    void describesItself() {
        checks().describesItself();
    }

    @Test
    void readsWhatItWritesOrSaysThatItDoesNot() throws IOException {
        assumeItWrites();
        if (reads()) {
            checks().readsWhatItWrites(values(), companions());
        } else {
            checks().refusesToRead(values().getFirst());
        }
    }

    @Test
    void writesTheSameTwice() throws IOException {
        assumeItWrites();
        Path folder = Files.createDirectory(directory.resolve("twice"));
        checks().writesTheSameTwice(values().getFirst(), folder.resolve(fileName()), companions());
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        checks().refusesTruncatedFiles(sample(), marksItsEnd());
    }

    @Test
    void survivesBrokenBytes() throws IOException {
        checks().survivesBrokenBytes(sample(), seed());
    }

    @Test
    void closesItsFiles() throws IOException {
        checks().closesItsFiles(sample());
    }

    @Test
    void keepsToItsLimits() throws IOException {
        checks().keepsToItsLimits(sample());
    }

    @Test
    void refusesWhatIsNoSuchFile() throws IOException {
        checks().refusesWhatIsNoSuchFile();
    }

    @Test
    void reportsUnwritablePlaces() throws IOException {
        assumeItWrites();
        checks().reportsUnwritablePlaces(values().getFirst());
    }

    @Test
    void sameBytesWhenItComesAgain() throws IOException {
        if (reads()) {
            checks().sameBytesWhenItComesAgain(sample());
        } else {
            checks().sameBytesWhenItComesAgain(values().getFirst());
        }
    }
}
