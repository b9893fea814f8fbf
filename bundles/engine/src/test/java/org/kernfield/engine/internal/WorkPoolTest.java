package org.kernfield.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kernfield.backend.Workers;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

class WorkPoolTest {
    private final WorkPool pool = new WorkPool();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void runsEveryPartOnce() {
        Workers workers = pool.workers(3);
        for (int parts : new int[] {0, 1, 2, 3, 7, 64, 1021}) {
            var counts = new AtomicIntegerArray(parts);
            workers.forEach(parts, counts::incrementAndGet);
            assertThat(IntStream.range(0, parts).map(counts::get)).allMatch(c -> c == 1);
        }
    }

    @Test
    void servesSeveralCallersAtOnce() throws Exception {
        var sum = new LongAdder();
        var callers =
                IntStream.range(0, 4)
                        .mapToObj(
                                k ->
                                        Thread.ofPlatform()
                                                .start(
                                                        () -> {
                                                            Workers workers = pool.workers(2 + k);
                                                            for (int n = 0; n < 5_000; n++) {
                                                                workers.forEach(4, sum::add);
                                                            }
                                                        }))
                        .toList();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(sum.sum()).isEqualTo(4L * 5_000 * (1 + 2 + 3));
    }

    @Test
    void runsPartsAtTheSameTime() {
        var both = new CountDownLatch(2);
        pool.workers(2)
                .forEach(
                        2,
                        k -> {
                            both.countDown();
                            try {
                                both.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(both.getCount()).isZero();
    }

    /** Parts that stay until they are let go; who is in them is what a caller gets of the pool. */
    private final class Crowd {
        private static final int PARTS = 400;

        private final AtomicInteger inside = new AtomicInteger();
        private final Semaphore exits = new Semaphore(0);
        private final Thread caller =
                Thread.ofPlatform().start(() -> pool.workers(4).forEach(PARTS, k -> stay()));

        private void stay() {
            inside.incrementAndGet();
            exits.acquireUninterruptibly();
            inside.decrementAndGet();
        }

        void letAllGo() throws InterruptedException {
            exits.release(PARTS);
            caller.join();
        }
    }

    private static void await(Crowd[] crowds, int... threads) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Arrays.equals(inside(crowds), threads)) {
            assertThat(System.nanoTime()).as(Arrays.toString(inside(crowds))).isLessThan(deadline);
            for (Crowd crowd : crowds) {
                if (crowd.exits.availablePermits() == 0 && crowd.inside.get() > 1) {
                    crowd.exits.release();
                }
            }
            Thread.sleep(1);
        }
    }

    private static int[] inside(Crowd... crowds) {
        return Arrays.stream(crowds).mapToInt(crowd -> crowd.inside.get()).toArray();
    }

    @Test
    void sharesItsThreadsAmongCallersThatComeLater() throws Exception {
        var first = new Crowd();
        await(new Crowd[] {first}, 4);
        var second = new Crowd();
        await(new Crowd[] {first, second}, 3, 2);
        var third = new Crowd();
        Crowd[] all = {first, second, third};
        await(all, 2, 2, 2);
        second.letAllGo();
        await(new Crowd[] {first, third}, 3, 2);
        for (Crowd crowd : all) {
            crowd.letAllGo();
        }
    }

    @Test
    void allowsCallsInsideParts() {
        Workers workers = pool.workers(3);
        var sum = new LongAdder();
        workers.forEach(5, k -> workers.forEach(7, sum::add));
        assertThat(sum.sum()).isEqualTo(5 * 21);
    }

    @Test
    void throwsTheExceptionOfAPartAfterTheOthersHaveEnded() {
        var running = new LongAdder();
        Workers workers = pool.workers(3);
        for (int n = 0; n < 500; n++) {
            assertThatThrownBy(
                            () ->
                                    workers.forEach(
                                            16,
                                            k -> {
                                                running.increment();
                                                try {
                                                    if (k == 5) {
                                                        throw new ArithmeticException("part 5");
                                                    }
                                                } finally {
                                                    running.decrement();
                                                }
                                            }))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("part 5");
            assertThat(running.sum()).isZero();
        }
    }

    @Test
    void goesOnAfterItsThreadsWereRenewed() {
        var names = ConcurrentHashMap.<Thread>newKeySet();
        for (int n = 0; n < 50; n++) {
            pool.workers(2).forEach(8, k -> names.add(Thread.currentThread()));
            pool.renew();
        }
        assertThat(names).contains(Thread.currentThread());
    }

    @Test
    void runsItsThreadsUnderTheEnginesClassLoader() {
        var loaders = ConcurrentHashMap.<ClassLoader>newKeySet();
        var caller = Thread.currentThread();
        pool.workers(4)
                .forEach(
                        1000,
                        k -> {
                            if (Thread.currentThread() != caller) {
                                loaders.add(Thread.currentThread().getContextClassLoader());
                            }
                        });
        assertThat(loaders).allMatch(loader -> loader == WorkPool.class.getClassLoader());
    }
}
