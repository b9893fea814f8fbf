package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.RadixSort;

import java.util.Arrays;

/**
 * Lists of the neighbours of many queries. They are taken in the order of the structure, so that
 * one query reads what the one before it left in the caches.
 */
final class ListSearch {
    /** Queries that one part of the work takes. */
    private static final int BLOCK = 256;

    /** Longest array of the virtual machine. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final NeighbourSearch points;

    /** Rows of queries, or null where the queries are the points themselves. */
    private final float[] queries;

    private final int count;
    private final int[] order;
    private final Workers workers;
    private final CancelToken cancel;

    ListSearch(NeighbourSearch points, float[] queries, Workers workers, CancelToken cancel) {
        this.points = points;
        this.queries = queries;
        this.workers = workers;
        this.cancel = cancel;
        if (queries == null) {
            count = points.count();
            order = null;
        } else {
            count = Points.check("queries", queries, points.dimension(), workers, cancel);
            order = RadixSort.order(places(), workers, cancel);
        }
    }

    private int[] places() {
        var places = new int[count];
        forEachBlock(
                (search, from, to) -> {
                    for (int i = from; i < to; i++) {
                        places[i] = search.place(queries, i * points.dimension());
                    }
                });
        return places;
    }

    NeighbourLists nearest(int k) {
        if (k < 1) {
            throw new IllegalArgumentException(
                    "nearest neighbours: %d of them; ask for at least 1".formatted(k));
        }
        int width = Math.min(k, points.count() - (queries == null ? 1 : 0));
        if (count == 0 || width <= 0) {
            return NeighbourLists.of(points.count(), new int[count + 1], new int[0]);
        }
        var indices = new int[pairs((long) count * width)];
        forEachBlock(
                (search, from, to) -> {
                    var row = new float[points.dimension()];
                    for (int rank = from; rank < to; rank++) {
                        int i = load(search, rank, row);
                        search.nearest(row, 0, width, except(i));
                        search.copyTo(indices, i * width);
                    }
                });
        return NeighbourLists.uniform(points.count(), width, indices);
    }

    NeighbourLists within(double radius) {
        if (!(radius >= 0)) {
            throw new IllegalArgumentException(
                    "neighbours within %s: not a radius; give a number that is not negative"
                            .formatted(radius));
        }
        var found = new int[Math.ceilDiv(count, BLOCK)][];
        var offsets = new int[count + 1];
        forEachBlock(
                (search, from, to) ->
                        found[from / BLOCK] = collect(search, from, to, radius, offsets));
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += offsets[i + 1];
            offsets[i + 1] = pairs(total);
        }
        var indices = new int[offsets[count]];
        forEachBlock(
                (search, from, to) -> {
                    var row = new float[points.dimension()];
                    int next = 0;
                    for (int rank = from; rank < to; rank++) {
                        int i = load(search, rank, row);
                        int size = offsets[i + 1] - offsets[i];
                        System.arraycopy(found[from / BLOCK], next, indices, offsets[i], size);
                        next += size;
                    }
                    found[from / BLOCK] = null;
                });
        return NeighbourLists.of(points.count(), offsets, indices);
    }

    /** The lists of a block one after the other; {@code sizes[i + 1]} receives that of query i. */
    private int[] collect(Search search, int from, int to, double radius, int[] sizes) {
        var row = new float[points.dimension()];
        var lists = new int[16 * BLOCK];
        int next = 0;
        for (int rank = from; rank < to; rank++) {
            int i = load(search, rank, row);
            int size = search.within(row, 0, radius, except(i));
            sizes[i + 1] = size;
            int end = pairs((long) next + size);
            if (end > lists.length) {
                lists = Arrays.copyOf(lists, pairs(Math.max(end, Math.min(2L * end, MOST))));
            }
            search.copyTo(lists, next);
            next = end;
        }
        return Arrays.copyOf(lists, next);
    }

    /** Copies the coordinates of the query whose turn it is, and returns its index. */
    private int load(Search search, int rank, float[] row) {
        cancel.check();
        if (queries == null) {
            return search.load(rank, row);
        }
        System.arraycopy(queries, order[rank] * row.length, row, 0, row.length);
        return order[rank];
    }

    private int except(int i) {
        return queries == null ? i : -1;
    }

    private static int pairs(long pairs) {
        if (pairs > MOST) {
            throw new IllegalArgumentException(
                    "neighbour lists: at least %d pairs do not fit into one set of lists; ask for fewer neighbours or split the queries"
                            .formatted(pairs));
        }
        return (int) pairs;
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(Search search, int from, int to);
    }

    private void forEachBlock(BlockWork work) {
        workers.forEach(
                Math.ceilDiv(count, BLOCK),
                block -> {
                    cancel.check();
                    int end = (int) Math.min(count, (block + 1L) * BLOCK);
                    work.run(points.search(), block * BLOCK, end);
                });
    }
}
