package org.kernfield.testkit;

import java.util.concurrent.locks.LockSupport;

/** A backend that leaves a thread behind. */
public final class Lingering extends SinglePrecision {
    public Lingering() {
        super(Fault.NONE);
        Thread.ofPlatform().daemon().name("lingering").start(Lingering::stay);
    }

    private static void stay() {
        while (true) {
            LockSupport.parkNanos(1_000_000_000);
        }
    }
}
