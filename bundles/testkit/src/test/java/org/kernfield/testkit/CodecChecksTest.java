package org.kernfield.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kernfield.format.Limits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A codec with a fault is found out. */
class CodecChecksTest {
    @TempDir Path directory;
    private Path sample;

    @BeforeEach
    void writeSample() throws IOException {
        sample = Files.createDirectory(directory.resolve("sample")).resolve("sample.nums");
        new NumbersCodec().write(new double[] {1, 2, 3}, sample);
    }

    private CodecChecks<double[]> checks(NumbersCodec codec) {
        return new CodecChecks<>(codec, Arrays::equals, "sample.nums", directory);
    }

    @Test
    void findsTruncationReadInSilence() {
        var lenient =
                new NumbersCodec() {
                    @Override
                    public double[] read(Path file, Limits limits) throws IOException {
                        byte[] bytes = Files.readAllBytes(file);
                        var values = new double[Math.max(0, bytes.length / 8 - 1)];
                        return values;
                    }
                };
        assertThatThrownBy(() -> checks(lenient).refusesTruncatedFiles(sample, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("another value");
    }

    @Test
    void findsUncheckedExceptions() {
        var careless =
                new NumbersCodec() {
                    @Override
                    public double[] read(Path file, Limits limits) throws IOException {
                        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                        var values = new double[bytes.getInt(4)];
                        bytes.position(8).slice().asDoubleBuffer().get(values);
                        return values;
                    }
                };
        assertThatThrownBy(() -> checks(careless).survivesBrokenBytes(sample, 1))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void findsLimitsNotKept() {
        var greedy =
                new NumbersCodec() {
                    @Override
                    public double[] read(Path file, Limits limits) throws IOException {
                        return super.read(file, new Limits(Long.MAX_VALUE));
                    }
                };
        assertThatThrownBy(() -> checks(greedy).keepsToItsLimits(sample))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void findsClassesKeptAfterItHasGone() {
        assertThatThrownBy(() -> checks(new KeptNumbersCodec()).sameBytesWhenItComesAgain(sample))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("kept");
    }
}
