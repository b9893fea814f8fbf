package org.kernfield.testkit;

/** A codec that hooks itself into the process and stays there. */
public final class KeptNumbersCodec extends NumbersCodec {
    public KeptNumbersCodec() {
        Thread.ofPlatform().daemon().name("kept").start(KeptNumbersCodec::stay);
    }

    private static void stay() {
        while (true) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000);
        }
    }
}
