package org.kernfield.nd4j.internal;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;

/** The pairs that lists name. */
record ListPairs(NeighbourLists lists) implements Pairs {
    @Override
    public int rows() {
        return Math.toIntExact(lists.queries());
    }

    @Override
    public long total() {
        return lists.pairs();
    }

    @Override
    public void each(int row, Taker taker) {
        int end = lists.offsets()[row + 1];
        for (int k = lists.offsets()[row]; k < end; k++) {
            taker.take(row, lists.indices()[k], k);
        }
    }

    @Override
    public long transposedBytes() {
        return OrderedPairs.bytes(total(), lists.sources());
    }

    @Override
    public Pairs transposed(CancelToken cancel) {
        return new OrderedPairs(this, Math.toIntExact(lists.sources()), cancel);
    }
}
