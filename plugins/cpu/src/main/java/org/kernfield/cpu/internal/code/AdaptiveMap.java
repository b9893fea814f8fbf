package org.kernfield.cpu.internal.code;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Begins with a {@link BlockMap} and goes over to compiled code, of the same bits, once so many
 * rows have passed that compiling will pay.
 */
final class AdaptiveMap implements MapCode {
    /**
     * Rows for each operation: the compiler's time grows with the square of a formula's length, up
     * to some ten milliseconds for an operation of the longest, what compiled code saves on a row
     * grows with the length.
     */
    private static final long ROWS = 150_000;

    private final long enough;
    private final MapCode blocks;
    private final Once<MapCompiler.Compiled> compiled;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicBoolean isWarming = new AtomicBoolean();
    private volatile MapCode fast; // null until it is at speed

    /**
     * @param operations length of the formula
     */
    AdaptiveMap(MapCode blocks, Once<MapCompiler.Compiled> compiled, int operations) {
        this.enough = ROWS * operations;
        this.blocks = blocks;
        this.compiled = compiled;
    }

    @Override
    public void run(
            Object[] in,
            int[] inOffset,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int from,
            int to) {
        MapCode code = fast;
        if (code == null) {
            code = blocks;
            if (rows.addAndGet(to - from) > enough && isWarming.compareAndSet(false, true)) {
                try {
                    warm();
                } finally {
                    isWarming.set(false);
                }
            }
        }
        code.run(in, inOffset, uniforms, out, outOffset, from, to);
    }

    private void warm() {
        Warmup warmup = compiled.get().warmup();
        warmup.burst();
        if (warmup.isWarm()) {
            fast = compiled.get().code();
        }
    }
}
