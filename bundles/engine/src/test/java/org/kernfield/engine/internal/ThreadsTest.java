package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

class ThreadsTest {
    @Test
    void anInterruptedCallerWaitsUntilTheCallHasEnded() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        var sawEnd = new AtomicBoolean();
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    assertThatThrownBy(() -> call(begun, ended))
                                            .isInstanceOf(CancellationException.class);
                                    sawEnd.set(
                                            ended.get() && Thread.currentThread().isInterrupted());
                                });
        begun.await();
        caller.interrupt();
        caller.join(10_000);
        assertThat(sawEnd).isTrue();
    }

    /** It ignores interruption and looks at its token now and then. */
    private static Object call(CountDownLatch begun, AtomicBoolean ended) {
        return Threads.call(
                "test",
                interrupted -> {
                    begun.countDown();
                    while (!interrupted.isCancelled()) {
                        Thread.onSpinWait();
                    }
                    long until = System.nanoTime() + 200_000_000;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    ended.set(true);
                    return null;
                },
                () -> false);
    }
}
