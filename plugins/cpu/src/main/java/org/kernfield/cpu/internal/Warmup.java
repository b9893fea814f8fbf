package org.kernfield.cpu.internal;

import org.kernfield.backend.CancelToken;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Brings freshly generated code to speed with small made-up inputs. Until the just-in-time compiler
 * has seen enough of it, code runs some hundred times slower than afterwards; on real inputs the
 * first step alone would take seconds.
 */
final class Warmup {
    /**
     * Nanoseconds a vector operation takes at most once compiled; before it takes ten times that.
     */
    private static final double COMPILED = 3;

    /** Longest time spent on one code; after it the code is used as it is. */
    private static final long PATIENCE = 4_000_000_000L;

    /** Nanoseconds after which other codes get their turn. */
    private static final long BURST = 4_000_000;

    /** Calls that make the compiler notice. */
    private static final int NOTICED = 1500;

    private static final int FAST_CALLS = 3;

    /** Nanoseconds between two looks at what the compiler has done. */
    private static final long PAUSE = 300_000;

    /** Vector operations from which waiting for the compiler is the shorter way. */
    static final long WORTHWHILE = 400_000;

    private final IntConsumer call;
    private final int operations;
    private long begun;
    private int calls;
    private int fast;
    private volatile boolean isWarm;

    /**
     * @param call runs about as many vectors as it is told
     * @param operations vector operations a vector costs
     */
    Warmup(IntConsumer call, int operations) {
        this.call = call;
        this.operations = Math.max(20, operations);
    }

    /** Vector operations a vector costs. */
    int operations() {
        return operations;
    }

    boolean isWarm() {
        return isWarm;
    }

    /** Runs the code for a few milliseconds; not for two threads at a time. */
    synchronized void burst() {
        long start = System.nanoTime();
        begun = begun == 0 ? start : begun;
        long now = start;
        boolean noticed = isNoticed();
        while (!isWarm && now - start < BURST) {
            // tiny while interpreted, then large enough to outweigh the clock
            int vectors = calls < 300 ? 1 : 16;
            call.accept(vectors);
            calls++;
            long after = System.nanoTime();
            if (vectors > 1 && after - now < COMPILED * operations * vectors) {
                fast++;
            }
            isWarm = fast >= FAST_CALLS || after - begun > PATIENCE;
            now = after;
            if (noticed) {
                break; // all that is left is to wait for the compiler
            }
        }
    }

    /** Whether the compiler knows of the code, and all that is left is to wait for it. */
    private boolean isNoticed() {
        return isWarm || calls > NOTICED;
    }

    /** Makes the compiler notice all of them; it works on while the caller does something else. */
    static void begin(List<Warmup> all, CancelToken cancel) {
        for (Warmup warmup : all) {
            while (!warmup.isNoticed()) {
                cancel.check();
                warmup.burst();
            }
        }
    }

    /** Returns when all are at speed. */
    static void await(List<Warmup> all, CancelToken cancel) {
        begin(all, cancel);
        while (!all.stream().allMatch(Warmup::isWarm)) {
            cancel.check();
            all.stream().filter(w -> !w.isWarm()).forEach(Warmup::burst);
            LockSupport.parkNanos(PAUSE);
        }
    }
}
