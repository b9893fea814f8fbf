package org.kernfield.io.internal;

import com.sun.management.ThreadMXBean;

import org.assertj.core.api.Assertions;
import org.kernfield.format.FormatException;

import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Memory that a refusal takes. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Reads a file. */
    @FunctionalInterface
    public interface Reader {
        void read() throws IOException;
    }

    /** Bytes allocated by a reader that has to refuse. */
    public static long ofRefusal(Reader reader) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reader.read();
        } catch (FormatException expected) {
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return Assertions.fail("it is not refused");
    }
}
