package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.NeighbourLists;

/** The pairs of lists. */
record ListEntries(NeighbourLists lists, boolean isTransposed) implements Entries {
    /**
     * @param lists sources of each query, or once transposed queries of each source, whose numbers
     *     are not those of the queries' order
     */
    ListEntries {}

    @Override
    public int rows() {
        return lists.offsets().length - 1;
    }

    @Override
    public int start(int row) {
        return lists.offsets()[row];
    }

    @Override
    public void fill(int from, int to, int[] query, int[] source, int[] number) {
        int[] offsets = lists.offsets();
        int row = rowFrom(from + 1L) - 1;
        int[] rows = isTransposed ? source : query;
        int[] others = isTransposed ? query : source;
        System.arraycopy(lists.indices(), from, others, 0, to - from);
        for (int e = from; e < to; e++) {
            while (offsets[row + 1] <= e) {
                row++;
            }
            rows[e - from] = row;
            number[e - from] = e;
        }
    }
}
