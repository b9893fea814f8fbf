package org.kernfield.numerics.neighbours;

import java.util.Arrays;

/** Finds the neighbours of one query after the other; not thread-safe. */
public abstract sealed class Search permits KdSearch, GridSearch {
    private final Nearest nearest = new Nearest();
    private boolean collecting;
    private int[] collected = new int[64];
    private int size;
    private int except;

    /** Holds the query's coordinates from {@link #at} on. */
    float[] query;

    int at;

    /** Squared distance beyond which no point is wanted any more. */
    double limit;

    /**
     * Index of the point nearest to the query; of equally near ones the lowest; −1 if there are no
     * points.
     *
     * @param queries holds the query's coordinates from index {@code offset} on; finite
     */
    public final int nearest(float[] queries, int offset) {
        return nearest(queries, offset, 1) == 0 ? -1 : index(0);
    }

    /**
     * Finds the {@code k} nearest points, or all if there are fewer.
     *
     * @return how many were found
     */
    public final int nearest(float[] queries, int offset, int k) {
        return nearest(queries, offset, k, -1);
    }

    /** As above, leaving out the point {@code except}. */
    final int nearest(float[] queries, int offset, int k, int except) {
        nearest.begin(k);
        collecting = false;
        begin(queries, offset, Double.POSITIVE_INFINITY, except);
        nearest.finish();
        size = nearest.size();
        return size;
    }

    /**
     * Finds the points at a distance of at most {@code radius}, by ascending index.
     *
     * @return how many were found
     */
    public final int within(float[] queries, int offset, double radius) {
        return within(queries, offset, radius, -1);
    }

    /** As above, leaving out the point {@code except}. */
    final int within(float[] queries, int offset, double radius, int except) {
        collecting = true;
        size = 0;
        begin(queries, offset, radius * radius, except);
        Arrays.sort(collected, 0, size);
        return size;
    }

    private void begin(float[] queries, int offset, double limit, int except) {
        query = queries;
        at = offset;
        this.limit = limit;
        this.except = except;
        visit();
    }

    /** Index of the point found at place {@code rank} of the last search. */
    public final int index(int rank) {
        return collecting ? collected[rank] : nearest.index(rank);
    }

    /** Squared distance of the point at place {@code rank} of the last search for nearest ones. */
    public final double squaredDistance(int rank) {
        return nearest.squaredDistance(rank);
    }

    /** Copies the indices that were found. */
    final void copyTo(int[] indices, int offset) {
        System.arraycopy(collecting ? collected : nearest.indices(), 0, indices, offset, size);
    }

    /** Passes every point to {@link #found} that may be within {@link #limit}. */
    abstract void visit();

    /** Copies the coordinates of the point at place {@code rank} and returns its index. */
    abstract int load(int rank, float[] row);

    /** A number that is close for queries that are close. */
    abstract int place(float[] queries, int offset);

    /** Takes a point whose squared distance is at most {@link #limit}. */
    final void found(double squaredDistance, int index) {
        if (index == except) {
            return;
        }
        if (collecting) {
            if (size == collected.length) {
                collected = Arrays.copyOf(collected, Math.multiplyExact(size, 2));
            }
            collected[size++] = index;
        } else {
            limit = nearest.offer(squaredDistance, index);
        }
    }

    /** Whether a point of that distance and any index from {@code index} on can be wanted. */
    final boolean wants(double squaredDistance, int index) {
        return squaredDistance < limit
                || squaredDistance == limit && (collecting || nearest.admits(index));
    }
}
