package org.kernfield.cpu.internal.code;

import org.kernfield.backend.CancelToken;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Brings freshly generated code to speed with small made-up inputs. Until the just-in-time compiler
 * has seen enough of it, code runs some hundred times slower than afterwards; on real inputs the
 * first step alone would take seconds.
 *
 * <p>There are three stages: interpreted, compiled in a hurry by the first compiler, compiled well
 * by the second. Each is entered after a number of calls and some waiting, during which other codes
 * get their turn.
 *
 * <p>Long code may be too long for the first compiler once it is to count which way branches go. If
 * it compiled the code without that, because the second one was busy, nothing counts any more, the
 * second never hears of it, and it stays twenty times slower ({@code -XX:Tier3DelayOn=1000} keeps
 * HotSpot from this). Code that can be made again is, then, and begins anew.
 */
public final class Warmup {
    /** Vector operations from which waiting for the compiler is the shorter way. */
    public static final long WORTHWHILE = 400_000;

    /** Nanoseconds a vector operation takes at most once compiled well: in truth a tenth of it. */
    private static final double WELL = VectorWidth.HAS_VECTORS ? 3 : 12;

    /** Nanoseconds a vector operation takes at most once compiled at all. */
    private static final double AT_ALL = 150;

    /** Calls after which the first compiler takes notice, and the second. */
    private static final int FIRST = 220;

    private static final int SECOND = FIRST + 1000;

    /** Calls between two looks at the clock. */
    private static final int SOME = 20;

    private static final int MANY = 100;

    /** Vectors of a call of code that is compiled. */
    private static final int VECTORS = 16;

    /** Longest time spent on one code; after it the code is made again or used as it is. */
    private static final long PATIENCE = 4_000_000_000L;

    /** Nanoseconds after which other codes get their turn. */
    private static final long BURST = 4_000_000;

    /** Nanoseconds between two looks at what the compilers have done. */
    private static final long PAUSE = 3_000_000;

    private final IntConsumer call;
    private final int operations;
    private final Runnable again;
    private long begun;
    private int calls;
    private boolean isRenewed;
    private volatile boolean isWarm;

    /**
     * @param call runs about as many vectors as it is told
     * @param operations vector operations a vector costs
     */
    Warmup(IntConsumer call, int operations) {
        this(call, operations, null);
    }

    /**
     * The same for code that can be made again.
     *
     * @param again makes it; null if it cannot be
     */
    Warmup(IntConsumer call, int operations, Runnable again) {
        this.call = call;
        this.operations = Math.max(20, operations);
        this.again = again;
    }

    /** For code that needs none. */
    static Warmup done() {
        var done = new Warmup(vectors -> {}, 0);
        done.isWarm = true;
        return done;
    }

    /** Vector operations a vector costs. */
    public int operations() {
        return operations;
    }

    public boolean isWarm() {
        return isWarm;
    }

    /** Whether all that is left is to wait for the second compiler. */
    private boolean isNoticed() {
        return isWarm || calls >= SECOND;
    }

    /** Runs the code for a while, if that helps; gives whether it did. */
    synchronized boolean burst() {
        long start = System.nanoTime();
        begun = begun == 0 ? start : begun;
        boolean isInterpreted = calls < FIRST || fastest(1) > AT_ALL;
        isWarm |= !isInterpreted && fastest(VECTORS) < WELL;
        if (!isWarm && start - begun > PATIENCE) {
            renew(start);
        }
        if (isWarm || calls >= (isInterpreted ? FIRST : SECOND)) {
            return false;
        }
        int end = isInterpreted ? Math.min(FIRST, calls + SOME) : Math.min(SECOND, calls + MANY);
        while (calls < end && System.nanoTime() - start < BURST) {
            call.accept(isInterpreted ? 1 : VECTORS);
            calls++;
        }
        calls = isInterpreted && fastest(1) <= AT_ALL ? FIRST : calls;
        return true;
    }

    /** Once, if it can be made again; then what there is has to do. */
    private void renew(long now) {
        isWarm = again == null || isRenewed;
        if (!isWarm) {
            again.run();
            isRenewed = true;
            begun = now;
            calls = 0;
        }
    }

    /** Nanoseconds a vector operation takes now: the better of two calls. */
    private double fastest(int vectors) {
        long least = Long.MAX_VALUE;
        for (int k = 0; k < 2; k++) {
            long start = System.nanoTime();
            call.accept(vectors);
            least = Math.min(least, System.nanoTime() - start);
        }
        return (double) least / ((long) vectors * operations);
    }

    /**
     * Makes the compilers notice all of them; they work on while the caller does something else.
     */
    public static void begin(List<Warmup> all, CancelToken cancel) {
        while (!all.stream().allMatch(Warmup::isNoticed)) {
            advance(all, cancel);
        }
    }

    /** Returns when all are at speed. */
    public static void await(List<Warmup> all, CancelToken cancel) {
        while (!all.stream().allMatch(Warmup::isWarm)) {
            advance(all, cancel);
        }
    }

    private static void advance(List<Warmup> all, CancelToken cancel) {
        cancel.check();
        boolean helped = false;
        for (Warmup warmup : all) {
            helped |= warmup.burst();
        }
        if (!helped) {
            LockSupport.parkNanos(PAUSE);
        }
    }
}
