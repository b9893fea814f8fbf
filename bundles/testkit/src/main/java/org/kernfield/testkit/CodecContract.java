package org.kernfield.testkit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.Codec;

import java.io.IOException;
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

    /** A small valid file; written by the codec itself unless told. */
    protected Path sample(Path folder) throws IOException {
        Path file = folder.resolve("sample." + codec().extensions().getFirst());
        codec().write(values().getFirst(), file);
        return file;
    }

    /** Seed of the broken bytes. */
    protected long seed() {
        return Long.getLong("kernfield.seed", 20_260_101L);
    }

    private CodecChecks<T> checks() {
        return new CodecChecks<>(codec(), this::same, directory);
    }

    @Test
    void describesItself() {
        checks().describesItself();
    }

    @Test
    void readsWhatItWrites() throws IOException {
        assumeItWrites();
        checks().readsWhatItWrites(values());
    }

    @Test
    void refusesTruncatedFiles() throws IOException {
        checks().refusesTruncatedFiles(sample(directory));
    }

    @Test
    void survivesBrokenBytes() throws IOException {
        checks().survivesBrokenBytes(sample(directory), seed());
    }

    @Test
    void closesItsFiles() throws IOException {
        checks().closesItsFiles(sample(directory));
    }

    @Test
    void keepsToItsLimits() throws IOException {
        checks().keepsToItsLimits(sample(directory));
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
        checks().sameBytesWhenItComesAgain(sample(directory));
    }

    private void assumeItWrites() {
        Assumptions.assumeTrue(codec().canWrite(), codec().name() + " only reads");
    }
}
