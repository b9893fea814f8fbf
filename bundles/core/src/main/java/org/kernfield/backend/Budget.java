package org.kernfield.backend;

import java.util.concurrent.atomic.AtomicLong;

/** Counts memory before it is taken, in bytes. Thread-safe. */
public final class Budget {
    private final long limit;
    private final Budget whole;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong wanted = new AtomicLong();

    private Budget(long limit, Budget whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /**
     * @param limit bytes that may be taken at one time
     */
    public Budget(long limit) {
        this(limit, null);
    }

    /** No limit but the machine's own. */
    public static Budget unlimited() {
        return new Budget(Long.MAX_VALUE);
    }

    /**
     * A part of this budget: what is taken of it is taken of this one as well.
     *
     * @param most bytes that may be taken of the part at one time
     */
    public Budget share(long most) {
        return new Budget(Math.min(most, limit), this);
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    /** Bytes that can still be taken. */
    public long left() {
        long own = Math.max(0, limit - used.get());
        return whole == null ? own : Math.min(own, whole.left());
    }

    /**
     * Bytes that would have been in use here at once had nobody else used the whole: the most that
     * was ever refused for want of room there; 0 if nothing was.
     */
    public long wanted() {
        return wanted.get();
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
                        "%s: needs %s of memory, %s of %s is taken; use less of it or raise %s"
                                .formatted(
                                        what,
                                        megabytes(bytes),
                                        megabytes(before),
                                        megabytes(limit),
                                        isSmaller()
                                                ? "the job's memory"
                                                : "-Xmx in KERNFIELD_JVM_OPTIONS"));
            }
            if (used.compareAndSet(before, before + bytes)) {
                takeOfWhole(bytes, what);
                return;
            }
        }
    }

    private boolean isSmaller() {
        return whole != null && limit < whole.limit;
    }

    private void takeOfWhole(long bytes, String what) {
        if (whole == null) {
            return;
        }
        try {
            whole.take(bytes, what);
        } catch (OutOfBudgetException e) {
            wanted.accumulateAndGet(used.getAndAdd(-bytes), Math::max);
            throw e;
        }
    }

    /** Gives {@code bytes} back. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
        if (whole != null) {
            whole.release(bytes);
        }
    }

    private static String megabytes(long bytes) {
        return bytes >= 10_000_000_000L
                ? "%d GB".formatted(bytes / 1_000_000_000)
                : "%d MB".formatted((bytes + 999_999) / 1_000_000);
    }
}
