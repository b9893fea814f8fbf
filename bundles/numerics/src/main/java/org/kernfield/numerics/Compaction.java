package org.kernfield.numerics;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

import java.util.function.IntPredicate;

/** Keeps the items that meet a condition, in their order. */
public final class Compaction {
    /** Items that one part of the work takes; a multiple of 64. */
    private static final int BLOCK = 1 << 16;

    private Compaction() {}

    /**
     * Indices of the items that meet a condition, ascending.
     *
     * @param n items 0 to n − 1 are asked
     * @param keep asked once for each item, from several threads
     * @param cancel polled every {@value BLOCK} items
     */
    public static int[] indices(int n, IntPredicate keep, Workers workers, CancelToken cancel) {
        int blocks = Math.ceilDiv(n, BLOCK);
        var bits = new long[Math.ceilDiv(n, Long.SIZE)];
        var counts = new int[blocks];
        workers.forEach(
                blocks,
                block -> {
                    cancel.check();
                    int end = (int) Math.min(n, (block + 1L) * BLOCK);
                    int kept = 0;
                    for (int k = block * BLOCK; k < end; k++) {
                        if (keep.test(k)) {
                            bits[k / Long.SIZE] |= 1L << k;
                            kept++;
                        }
                    }
                    counts[block] = kept;
                });
        int[] starts = Scan.exclusive(counts, Workers.SERIAL, cancel);
        var indices = new int[starts[blocks]];
        workers.forEach(
                blocks,
                block -> {
                    cancel.check();
                    int next = starts[block];
                    int end = Math.ceilDiv((int) Math.min(n, (block + 1L) * BLOCK), Long.SIZE);
                    for (int word = block * (BLOCK / Long.SIZE); word < end; word++) {
                        for (long left = bits[word]; left != 0; left &= left - 1) {
                            indices[next++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                        }
                    }
                });
        return indices;
    }
}
