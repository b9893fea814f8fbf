package org.kernfield.engine.internal;

import java.time.Duration;

/**
 * A look now and then at whether others still give signs of life. One that comes much too late says
 * nothing about them: the whole process was frozen, and nobody could give any.
 */
final class Look {
    /** Between two looks. */
    static final Duration PERIOD = Duration.ofMillis(500);

    private static final Duration LATE = Duration.ofSeconds(2);

    private Look() {}

    /**
     * Whether a look comes too late.
     *
     * @param since {@link System#nanoTime} when its period began
     */
    static boolean isLate(long since) {
        return System.nanoTime() - since > PERIOD.plus(LATE).toNanos();
    }
}
