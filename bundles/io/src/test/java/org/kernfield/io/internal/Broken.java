package org.kernfield.io.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Reads damaged copies of a file; only sentences may come out, and little memory be taken. */
public final class Broken {
    /** Far below what a header of a few damaged bytes could claim. */
    private static final Limits LIMITS = new Limits(16_000_000);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Codec<?> codec;
    private final byte[] good;
    private final Path file;

    public Broken(Codec<?> codec, Path good, Path directory) throws IOException {
        this.codec = codec;
        this.good = Files.readAllBytes(good);
        this.file = directory.resolve(good.getFileName());
    }

    /** Whether the first {@code length} bytes are refused, by a sentence about the file. */
    public boolean refusesFirst(int length) throws IOException {
        return refuses(Arrays.copyOf(good, length));
    }

    public int length() {
        return good.length;
    }

    /** Reads {@code times} copies with one to four flipped bits each. */
    public void flip(int times, long seed) throws IOException {
        var random = new Random(seed);
        for (int k = 0; k < times; k++) {
            byte[] bytes = good.clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refuses(bytes);
        }
    }

    /**
     * Reads copies in which each four of the first bytes claim what cannot be, one after another.
     */
    public void lie(int first) throws IOException {
        int[] claims = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x00FFFFFF, 0};
        for (int at = 0; at + Integer.BYTES <= Math.min(first, good.length); at++) {
            for (int claim : claims) {
                byte[] bytes = good.clone();
                for (int k = 0; k < Integer.BYTES; k++) {
                    bytes[at + k] = (byte) (claim >>> Byte.SIZE * k);
                }
                refuses(bytes);
            }
        }
    }

    private boolean refuses(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            codec.read(file, LIMITS);
            return false;
        } catch (FormatException e) {
            assertThat(e.getMessage()).startsWith(file + ": ").hasLineCount(1);
            return true;
        } finally {
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(taken).as("bytes allocated").isLessThan(256_000_000);
        }
    }
}
