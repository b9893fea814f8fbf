package org.kernfield.cpu.internal.schedule;

/**
 * Pairs one after the other, those of one row together: a row is a query, or a source where results
 * belong to the sources.
 */
interface Entries {
    int rows();

    /** Where the pairs of {@code row} begin; {@code start(rows())} is the number of all. */
    int start(int row);

    /**
     * Says what the pairs {@code from} to {@code to} − 1 are.
     *
     * @param query their queries
     * @param source their sources
     * @param number their numbers in the order of the queries
     */
    void fill(int from, int to, int[] query, int[] source, int[] number);

    /** The first row that begins at {@code entry} or after it. */
    default int rowFrom(long entry) {
        int low = 0;
        int high = rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(middle) < entry) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
