package org.kernfield.engine.internal;

import java.time.Duration;
import java.time.Instant;

/** Time since this process was started. */
final class ProcessClock {
    private static final Instant START =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    private ProcessClock() {}

    static double seconds() {
        return Duration.between(START, Instant.now()).toNanos() * 1e-9;
    }
}
