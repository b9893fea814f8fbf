package org.kernfield.nd4j.internal;

/** Pairs side by side: which query, which source and which row of the pair slots each is. */
final class Lanes {
    private final int[] query;
    private final int[] source;
    private final long[] entry;
    private final int[] owner;
    private int count;

    Lanes(int most) {
        query = new int[most];
        source = new int[most];
        entry = new long[most];
        owner = new int[most];
    }

    /**
     * @param of the row of results that it belongs to
     */
    void add(int of, int ofQuery, int ofSource, long ofEntry) {
        owner[count] = of;
        query[count] = ofQuery;
        source[count] = ofSource;
        entry[count++] = ofEntry;
    }

    boolean isFull() {
        return count == query.length;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int[] query() {
        return query;
    }

    int[] source() {
        return source;
    }

    long[] entry() {
        return entry;
    }

    int[] owner() {
        return owner;
    }
}
