package org.kernfield.engine.internal;

import org.kernfield.backend.Workers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads that all jobs share. Whoever calls {@link Workers#forEach} takes part in the work, so
 * a call never waits for a free helper. Helpers spin a moment between batches, because the parts of
 * one step follow each other within microseconds and waking a parked thread costs tens of them.
 * Batches that are open at one time have equally many helpers, or one more or less: after a part a
 * helper goes where there are fewer.
 */
final class WorkPool implements AutoCloseable {
    /** Longer than the gaps inside a step, far shorter than a step. */
    private static final long SPIN_NANOS = 50_000;

    private final List<Batch> open = new CopyOnWriteArrayList<>();
    private final List<Helper> helpers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** A view on the pool for one job: at most {@code threads} parts at one time. */
    Workers workers(int threads) {
        return threads == 1 ? Workers.SERIAL : new Share(threads);
    }

    /** Ends the present helpers; new ones come when needed. Their thread locals go with them. */
    synchronized void renew() {
        helpers.forEach(Helper::retire);
        helpers.clear();
    }

    @Override
    public void close() {
        closed = true;
        renew();
    }

    private void wake(int wanted) {
        if (helpers.size() < wanted) {
            grow(wanted);
        }
        int left = wanted;
        for (Helper helper : helpers) {
            if (left == 0) {
                return;
            }
            if (helper.wake()) {
                left--;
            }
        }
    }

    private synchronized void grow(int wanted) {
        while (!closed && helpers.size() < wanted) {
            helpers.add(new Helper(helpers.size() + 1));
        }
    }

    private final class Share implements Workers {
        private final int threads;

        Share(int threads) {
            this.threads = threads;
        }

        @Override
        public int count() {
            return threads;
        }

        @Override
        public void forEach(int parts, IntConsumer part) {
            if (parts <= 1) {
                Workers.SERIAL.forEach(parts, part);
                return;
            }
            int helping = Math.min(parts, threads) - 1;
            var batch = new Batch(parts, part, helping);
            open.add(batch);
            try {
                wake(helping);
            } catch (OutOfMemoryError noThread) {
                // whoever calls does the work alone
            }
            batch.work();
            try {
                open.remove(batch);
            } finally {
                batch.awaitEnd();
            }
        }
    }

    private final class Helper implements Runnable {
        private final Thread thread;
        private final AtomicBoolean parked = new AtomicBoolean();
        private volatile boolean retired;

        Helper(int number) {
            thread = Threads.start("kernfield-worker-" + number, this);
        }

        /** Whether it was asleep. */
        boolean wake() {
            boolean slept = parked.compareAndSet(true, false);
            if (slept) {
                LockSupport.unpark(thread);
            }
            return slept;
        }

        void retire() {
            retired = true;
            wake();
        }

        /** One that ends because the heap is full counts as a helper no longer. */
        @Override
        public void run() {
            try {
                help();
            } finally {
                helpers.remove(this);
            }
        }

        private void help() {
            long idleSince = System.nanoTime();
            while (!retired) {
                if (serve()) {
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    rest();
                    idleSince = System.nanoTime();
                }
            }
        }

        /** A frame of its own, so that an idle helper holds no batch and no plugin's class. */
        private boolean serve() {
            Batch batch = leastHelped();
            if (batch == null || !batch.takeSeat()) {
                return false;
            }
            while (batch.workOnce()) {
                if (open.size() > 1 && !retired) {
                    batch = fairer(batch);
                }
            }
            return true;
        }

        /** Another batch if that has so few helpers that one more there and one less here helps. */
        private Batch fairer(Batch here) {
            Batch other = leastHelped();
            if (other == null) {
                return here;
            }
            int helping = other.helping();
            if (helping >= here.helping() - 1 || !other.takeSeatAfter(helping)) {
                return here;
            }
            here.leaveSeat();
            return other;
        }

        /** The oldest of those with fewest helpers; null if none has room for one more. */
        private Batch leastHelped() {
            Batch least = null;
            for (Batch batch : open) {
                if (batch.hasSeat() && (least == null || batch.helping() < least.helping())) {
                    least = batch;
                }
            }
            return least;
        }

        private void rest() {
            parked.set(true);
            while (parked.get() && !retired && !anyOpen()) {
                LockSupport.park(this);
            }
            parked.set(false);
        }

        private boolean anyOpen() {
            for (Batch batch : open) {
                if (batch.hasSeat()) {
                    return true;
                }
            }
            return false;
        }
    }
}
