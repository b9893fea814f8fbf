package org.kernfield.io.internal.zstd;

/**
 * Finite state entropy the other way: symbols are added last first.
 *
 * <p>Each symbol owns an interval of states; a state x of 2^log ≤ x &lt; 2^(log+1) gives away its
 * lowest bits until what is left falls into the interval (J. Duda, arXiv 1311.2540).
 */
final class FseEncoder {
    private final int log;
    private final int[] counts;
    private final int[] first;
    private final int[] states;

    FseEncoder(int log, int[] counts) {
        this.log = log;
        this.counts = new int[counts.length];
        this.first = new int[counts.length + 1];
        for (int s = 0; s < counts.length; s++) {
            this.counts[s] = Math.abs(counts[s]);
            first[s + 1] = first[s] + this.counts[s];
        }
        this.states = new int[1 << log];
        var symbols = new byte[1 << log];
        Fse.spread(log, counts, symbols);
        int[] next = first.clone();
        for (int state = 0; state < symbols.length; state++) {
            states[next[symbols[state] & 0xFF]++] = (1 << log) + state;
        }
    }

    /** Where the symbol coded last, which is read first, leaves the state. */
    int start(int symbol) {
        return states[first[symbol]];
    }

    /** Adds a symbol before those added so far. */
    int add(int symbol, int state, BitSink out) {
        int count = counts[symbol];
        int width = 0;
        while (state >>> width >= 2 * count) {
            width++;
        }
        out.add(state, width);
        return states[first[symbol] + (state >>> width) - count];
    }

    /** Ends a run of symbols. */
    void finish(int state, BitSink out) {
        out.add(state, log);
    }

    /** Counts scaled to add up to 2^log, none of them to 0. */
    static int[] normalised(int log, int[] counts) {
        long total = 0;
        int largest = 0;
        for (int s = 0; s < counts.length; s++) {
            total += counts[s];
            largest = counts[s] > counts[largest] ? s : largest;
        }
        var scaled = new int[counts.length];
        int rest = 1 << log;
        for (int s = 0; s < counts.length; s++) {
            if (counts[s] > 0) {
                scaled[s] = (int) Math.max(1, ((long) counts[s] << log) / total);
                rest -= scaled[s];
            }
        }
        scaled[largest] += rest;
        return scaled;
    }

    /** The description that {@link Fse#read} takes. */
    static void describe(int log, int[] counts, BitSink out) {
        out.add(log - 5, 4);
        int rest = (1 << log) + 1;
        for (int s = 0; rest > 1; s++) {
            int width = 32 - Integer.numberOfLeadingZeros(rest);
            int low = (1 << width) - 1 - rest;
            int value = counts[s] + 1;
            if (value < low) {
                out.add(value, width - 1);
            } else {
                out.add(value >= 1 << width - 1 ? value + low : value, width);
            }
            rest -= Math.abs(counts[s]);
            if (counts[s] == 0) {
                int zeros = 0;
                while (counts[s + 1] == 0) {
                    s++;
                    zeros++;
                }
                for (; zeros >= 3; zeros -= 3) {
                    out.add(3, 2);
                }
                out.add(zeros, 2);
            }
        }
    }
}
