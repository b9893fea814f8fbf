package org.kernfield.testkit;

import java.util.concurrent.locks.LockSupport;

/** A representation that leaves a thread behind. */
public final class LingeringBlobs extends Blobs {
    public LingeringBlobs() {
        Thread.ofPlatform().daemon().name("lingering").start(LingeringBlobs::stay);
    }

    private static void stay() {
        while (true) {
            LockSupport.parkNanos(1_000_000_000);
        }
    }
}
