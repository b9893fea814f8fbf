package org.kernfield.backend;

import java.util.concurrent.atomic.AtomicLong;

/** Counts memory before it is taken, in bytes. Thread-safe. */
public final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param limit bytes that may be taken at one time
     */
    public Budget(long limit) {
        this.limit = limit;
    }

    /** No limit but the machine's own. */
    public static Budget unlimited() {
        return new Budget(Long.MAX_VALUE);
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    /**
     * Takes {@code bytes}.
     *
     * @throws OutOfBudgetException naming what was asked for, taken and allowed; nothing is taken
     */
    public void take(long bytes, String what) {
        while (true) {
            long before = used.get();
            if (bytes > limit - before) {
                throw new OutOfBudgetException(
                        "%s: needs %s of memory, %s of %s is taken; use less of it or raise -Xmx in KERNFIELD_JVM_OPTIONS"
                                .formatted(
                                        what,
                                        megabytes(bytes),
                                        megabytes(before),
                                        megabytes(limit)));
            }
            if (used.compareAndSet(before, before + bytes)) {
                return;
            }
        }
    }

    /** Gives {@code bytes} back. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    private static String megabytes(long bytes) {
        return bytes >= 10_000_000_000L
                ? "%d GB".formatted(bytes / 1_000_000_000)
                : "%d MB".formatted((bytes + 999_999) / 1_000_000);
    }
}
