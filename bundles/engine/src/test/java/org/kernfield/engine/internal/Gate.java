package org.kernfield.engine.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Holds a fit before one of its steps until it is opened. */
final class Gate implements LongConsumer {
    private final long step;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate(long step) {
        this.step = step;
    }

    @Override
    public void accept(long now) {
        if (now == step) {
            reached.countDown();
            await(opened);
        }
    }

    void awaitReached() {
        await(reached);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("gate: nothing came for 20 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
