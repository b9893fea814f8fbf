package org.kernfield.nd4j.internal;

/** Pairs sorted by source, in the order of their queries: what sums into sources walk. */
final class OrderedPairs implements Pairs {
    private final int[] starts;
    private final int[] query;
    private final int[] entry;

    /**
     * @param pairs seen from the queries
     * @param sources number of sources
     */
    OrderedPairs(Pairs pairs, int sources) {
        starts = new int[sources + 1];
        var next = new int[1];
        for (int row = 0; row < pairs.rows(); row++) {
            pairs.each(row, (q, source, e) -> starts[source + 1]++);
        }
        for (int j = 0; j < sources; j++) {
            starts[j + 1] += starts[j];
        }
        query = new int[starts[sources]];
        entry = new int[starts[sources]];
        int[] place = starts.clone();
        for (int row = 0; row < pairs.rows(); row++) {
            pairs.each(
                    row,
                    (q, source, e) -> {
                        next[0] = place[source]++;
                        query[next[0]] = q;
                        entry[next[0]] = (int) e;
                    });
        }
    }

    /** Bytes that the order of so many pairs takes. */
    static long bytes(long pairs, int sources) {
        return Integer.BYTES * (2 * pairs + 2L * sources);
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
    public Pairs transposed() {
        throw new UnsupportedOperationException("sorted once");
    }
}
