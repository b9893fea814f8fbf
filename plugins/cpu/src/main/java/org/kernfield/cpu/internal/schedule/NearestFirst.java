package org.kernfield.cpu.internal.schedule;

import java.util.Arrays;

/**
 * Sorts one tile's sources by their depths, in the cache that they are about to be read from; equal
 * ones stay in order. Each thread has its own.
 */
final class NearestFirst {
    private static final int BITS = 8;
    private static final int DIGITS = 1 << BITS;
    private static final int PASSES = Integer.SIZE / BITS;

    /** Entries up to which they are inserted one by one. */
    private static final int FEW = 24;

    private final int[] counts = new int[PASSES * DIGITS];

    /**
     * Sorts by the upper halves, which are compared as unsigned numbers.
     *
     * @param entries key · 2³² + number; from {@code from} to {@code to} − 1 rearranged
     * @param other overwritten there
     */
    void sort(long[] entries, long[] other, int from, int to) {
        if (to - from <= FEW) {
            insert(entries, from, to);
            return;
        }
        Arrays.fill(counts, 0);
        for (int k = from; k < to; k++) {
            for (int pass = 0; pass < PASSES; pass++) {
                counts[pass * DIGITS + digit(entries[k], pass)]++;
            }
        }
        boolean isMoved = false;
        for (int pass = 0; pass < PASSES; pass++) {
            long[] source = isMoved ? other : entries;
            if (counts[pass * DIGITS + digit(source[from], pass)] == to - from) {
                continue;
            }
            starts(pass, from);
            move(source, from, to, isMoved ? entries : other, pass);
            isMoved = !isMoved;
        }
        if (isMoved) {
            System.arraycopy(other, from, entries, from, to - from);
        }
    }

    private static int digit(long entry, int pass) {
        return (int) (entry >>> Integer.SIZE + pass * BITS) & DIGITS - 1;
    }

    /** Turns the counts of a pass into places, the first of them {@code next}. */
    private void starts(int pass, int next) {
        for (int k = pass * DIGITS; k < (pass + 1) * DIGITS; k++) {
            int count = counts[k];
            counts[k] = next;
            next += count;
        }
    }

    private void move(long[] source, int from, int to, long[] target, int pass) {
        for (int k = from; k < to; k++) {
            long entry = source[k];
            target[counts[pass * DIGITS + digit(entry, pass)]++] = entry;
        }
    }

    private static void insert(long[] entries, int from, int to) {
        for (int k = from + 1; k < to; k++) {
            long entry = entries[k];
            int i = k;
            for (; i > from && entries[i - 1] >>> Integer.SIZE > entry >>> Integer.SIZE; i--) {
                entries[i] = entries[i - 1];
            }
            entries[i] = entry;
        }
    }
}
