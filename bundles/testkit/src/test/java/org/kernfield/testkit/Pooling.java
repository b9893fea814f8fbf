package org.kernfield.testkit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A backend that leaves an idle thread behind, which keeps none of its classes. */
public final class Pooling extends SinglePrecision {
    public Pooling() {
        super(Fault.NONE);
        var pool =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("idle").factory());
        pool.prestartAllCoreThreads();
    }
}
