package org.kernfield.nd4j.internal;

import org.kernfield.backend.CancelToken;

/** Pairs sorted by source, in the order of their queries: what sums into sources walk. */
final class OrderedPairs implements Pairs {
    /** Pairs between two looks at the cancel token. */
    private static final int LOOK = 1 << 16;

    /** Length of the longest array. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final int[] starts;
    private final int[] query;
    private final int[] entry;

    /**
     * @param pairs seen from the queries
     * @param sources number of sources
     * @throws IllegalArgumentException for more pairs than an array can hold
     */
    OrderedPairs(Pairs pairs, int sources, CancelToken cancel) {
        if (pairs.total() > MOST) {
            throw new IllegalArgumentException(
                    ("sums into sources: %d pairs are more than the %d that can be sorted by"
                                    + " source; use fewer queries at a time")
                            .formatted(pairs.total(), MOST));
        }
        starts = new int[sources + 1];
        each(pairs, cancel, (q, source, e) -> starts[source + 1]++);
        for (int j = 0; j < sources; j++) {
            starts[j + 1] += starts[j];
        }
        query = new int[starts[sources]];
        entry = new int[starts[sources]];
        int[] place = starts.clone();
        each(
                pairs,
                cancel,
                (q, source, e) -> {
                    int at = place[source]++;
                    query[at] = q;
                    entry[at] = Math.toIntExact(e);
                });
    }

    private static void each(Pairs pairs, CancelToken cancel, Taker taker) {
        var taken = new int[1];
        for (int row = 0; row < pairs.rows(); row++) {
            if (row % LOOK == 0) {
                cancel.check();
            }
            pairs.each(
                    row,
                    (q, source, e) -> {
                        if (++taken[0] % LOOK == 0) {
                            cancel.check();
                        }
                        taker.take(q, source, e);
                    });
        }
    }

    /** Bytes that the order of so many pairs takes. */
    static long bytes(long pairs, long sources) {
        return Integer.BYTES * (2 * pairs + 2 * sources);
    }

    @Override
    public int rows() {
        return starts.length - 1;
    }

    @Override
    public long total() {
        return query.length;
    }

    @Override
    public void each(int row, Taker taker) {
        for (int k = starts[row]; k < starts[row + 1]; k++) {
            taker.take(query[k], row, entry[k]);
        }
    }

    @Override
    public long transposedBytes() {
        throw new UnsupportedOperationException("sorted once");
    }

    @Override
    public Pairs transposed(CancelToken cancel) {
        throw new UnsupportedOperationException("sorted once");
    }
}
