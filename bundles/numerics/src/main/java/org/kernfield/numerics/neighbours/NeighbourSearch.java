package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Workers;

/**
 * Points among which the nearest ones, or those within a radius, are found exactly. Immutable and
 * thread-safe.
 *
 * <p>Squared distances are Σ_c (x_c − p_c)², summed in float64 from the first coordinate to the
 * last; of equally near points the one of the lower index comes first. So every implementation
 * gives the same lists, for any number of threads.
 *
 * <p>Queries are rows of {@link #dimension} finite numbers. The cancel token is polled at every
 * query.
 */
public sealed interface NeighbourSearch permits KdTree, UniformGrid {
    /**
     * The structure that suits the points: {@link UniformGrid} where they are spread so evenly over
     * one to three dimensions that its cells stay small, else {@link KdTree}. Looking takes one
     * count of the points in cells.
     *
     * @param points n × dimension, row-major, finite; copied
     * @param dimension coordinates of a point, 1 to 127
     * @throws IllegalArgumentException naming the first point that is not finite
     */
    static NeighbourSearch of(float[] points, int dimension, Workers workers, CancelToken cancel) {
        return GridLayout.suits(points, dimension, workers, cancel)
                ? UniformGrid.of(points, dimension, workers, cancel)
                : KdTree.of(points, dimension, workers, cancel);
    }

    /** Number of points. */
    int count();

    /** Coordinates of a point. */
    int dimension();

    /** A search for one query after the other, to be used by one thread at a time. */
    Search search();

    /**
     * The nearest points of each query, nearest first.
     *
     * @param queries q × dimension, row-major, finite; not modified
     * @param k points wanted for each query, at least 1; with fewer points all of them are listed
     * @throws IllegalArgumentException naming the first query that is not finite, or if the lists
     *     hold more than 2³¹ − 1 pairs
     */
    default NeighbourLists nearest(float[] queries, int k, Workers workers, CancelToken cancel) {
        return new ListSearch(this, queries, workers, cancel).nearest(k);
    }

    /** As {@link #nearest}, of the points themselves; no point is in its own list. */
    default NeighbourLists nearestOthers(int k, Workers workers, CancelToken cancel) {
        return new ListSearch(this, null, workers, cancel).nearest(k);
    }

    /**
     * The points whose distance to a query is at most {@code radius}, by ascending index. Takes
     * about twice the memory of the lists while it runs.
     *
     * @param queries q × dimension, row-major, finite; not modified
     * @param radius not negative
     * @throws IllegalArgumentException naming the first query that is not finite, or if the lists
     *     hold more than 2³¹ − 1 pairs
     */
    default NeighbourLists within(
            float[] queries, double radius, Workers workers, CancelToken cancel) {
        return new ListSearch(this, queries, workers, cancel).within(radius);
    }

    /** As {@link #within}, of the points themselves; no point is in its own list. */
    default NeighbourLists othersWithin(double radius, Workers workers, CancelToken cancel) {
        return new ListSearch(this, null, workers, cancel).within(radius);
    }
}
