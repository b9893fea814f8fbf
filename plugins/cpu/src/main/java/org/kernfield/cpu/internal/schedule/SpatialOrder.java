package org.kernfield.cpu.internal.schedule;

/**
 * Numbers sources by the tile that their box begins in, so that what a tile reads lies close
 * together however the caller has ordered them. Those without a box get no number.
 */
final class SpatialOrder {
    /** Instead of the number of a source that is on no tile. */
    static final int NOWHERE = -1;

    private SpatialOrder() {}

    /** The tile that a box begins in, from its number times four. */
    interface Home {
        int of(int box);
    }

    /**
     * @param boxes first column, end column, first row, end row of each source; empty where the
     *     first two are equal
     * @param numbers filled with the number of each source
     * @return how many have one
     */
    static int number(
            Execution execution, int[] boxes, int count, int tiles, Home home, int[] numbers) {
        int chunks = DepthOrder.chunks(count);
        var counts = new int[chunks][tiles];
        execution.forEach(
                chunks,
                c -> {
                    int end = DepthOrder.begin(count, chunks, c + 1);
                    for (int j = DepthOrder.begin(count, chunks, c); j < end; j++) {
                        boolean isEmpty = boxes[4 * j] == boxes[4 * j + 1];
                        numbers[j] = isEmpty ? NOWHERE : home.of(4 * j);
                        if (!isEmpty) {
                            counts[c][numbers[j]]++;
                        }
                    }
                });
        int visible = (int) DepthOrder.starts(counts);
        execution.forEach(
                chunks,
                c -> {
                    int[] next = counts[c];
                    int end = DepthOrder.begin(count, chunks, c + 1);
                    for (int j = DepthOrder.begin(count, chunks, c); j < end; j++) {
                        if (numbers[j] != NOWHERE) {
                            numbers[j] = next[numbers[j]]++;
                        }
                    }
                });
        return visible;
    }
}
