package org.kernfield.backend;

/**
 * For each query the sources it is paired with: compressed rows. The list of query i is {@code
 * indices[offsets[i]]} to {@code indices[offsets[i + 1] − 1]}, in the order in which it was given;
 * a source that is named twice counts twice. Immutable and thread-safe, compared by identity.
 *
 * <p>Lists are large (10⁸ pairs are 400 MB), so no array is copied: those given here belong to the
 * lists from then on, those returned are the lists' own, and nobody may write to either.
 */
public final class NeighbourLists {
    /** Pairs between two looks at a cancel token. */
    private static final int UNINTERRUPTED = 1 << 16;

    private final int sources;
    private final int[] offsets;
    private final int[] indices;
    private NeighbourLists transpose;

    private NeighbourLists(int sources, int[] offsets, int[] indices) {
        this.sources = sources;
        this.offsets = offsets;
        this.indices = indices;
    }

    /**
     * Lists from compressed rows.
     *
     * @param sources number of sources, 0 to 2³¹ − 2
     * @param offsets queries + 1 numbers that start at 0, do not fall and end at {@code
     *     indices.length}; not copied
     * @param indices a source for each pair, 0 to sources − 1; not copied
     * @throws IllegalArgumentException naming the first offset or index that does not fit
     */
    public static NeighbourLists of(long sources, int[] offsets, int[] indices) {
        int m = count(sources);
        checkOffsets(offsets, indices.length);
        checkIndices(m, offsets, indices);
        return new NeighbourLists(m, offsets, indices);
    }

    /**
     * Lists from one array for each query.
     *
     * @param sources number of sources, 0 to 2³¹ − 2
     * @param lists sources of each query, 0 to sources − 1; copied
     * @throws IllegalArgumentException naming the first index that does not fit, or if there are
     *     more than 2³¹ − 1 pairs
     */
    public static NeighbourLists of(long sources, int[][] lists) {
        var offsets = new int[lists.length + 1];
        long pairs = 0;
        for (int i = 0; i < lists.length; i++) {
            pairs += lists[i].length;
            offsets[i + 1] = total(pairs);
        }
        var indices = new int[offsets[lists.length]];
        for (int i = 0; i < lists.length; i++) {
            System.arraycopy(lists[i], 0, indices, offsets[i], lists[i].length);
        }
        return of(sources, offsets, indices);
    }

    /**
     * Lists of at most {@code width} sources each, as a search for that many neighbours gives them.
     *
     * @param sources number of sources, 0 to 2³¹ − 2
     * @param width entries of each query, at least 1
     * @param indices queries × width, row-major; −1 stands for none and is left out; not copied
     *     when none is −1
     * @throws IllegalArgumentException naming the first index that does not fit
     */
    public static NeighbourLists uniform(long sources, int width, int[] indices) {
        if (width < 1 || indices.length % width != 0) {
            throw new IllegalArgumentException(
                    "neighbour lists: %d indices in rows of %d; give queries × width indices"
                            .formatted(indices.length, width));
        }
        var offsets = new int[indices.length / width + 1];
        int kept = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            for (int k = i * width; k < (i + 1) * width; k++) {
                kept += indices[k] == -1 ? 0 : 1;
            }
            offsets[i + 1] = kept;
        }
        return of(sources, offsets, kept == indices.length ? indices : present(indices, kept));
    }

    private static int[] present(int[] indices, int count) {
        var present = new int[count];
        int next = 0;
        for (int index : indices) {
            if (index != -1) {
                present[next++] = index;
            }
        }
        return present;
    }

    /** Number of queries. */
    public long queries() {
        return offsets.length - 1;
    }

    /** Number of sources; not all of them need to be in a list. */
    public long sources() {
        return sources;
    }

    /** Number of pairs, at most 2³¹ − 1. */
    public long pairs() {
        return indices.length;
    }

    /** Where each query's list begins, and {@link #pairs} at the end; not to be written to. */
    public int[] offsets() {
        return offsets;
    }

    /** The source of each pair, list after list; not to be written to. */
    public int[] indices() {
        return indices;
    }

    /**
     * The same pairs seen from the sources: for each source the queries that list it, in ascending
     * order. Made by counting at the first call, in linear time, and kept.
     */
    public NeighbourLists transpose() {
        return transpose(CancelToken.NONE);
    }

    /**
     * As {@link #transpose()}, looking at a token while it counts.
     *
     * @throws java.util.concurrent.CancellationException once it is cancelled; nothing is kept then
     */
    public synchronized NeighbourLists transpose(CancelToken cancel) {
        if (transpose == null) {
            transpose = transposed(cancel);
        }
        return transpose;
    }

    private NeighbourLists transposed(CancelToken cancel) {
        var starts = new int[sources + 1];
        for (int from = 0; from < indices.length; from = blockEnd(from)) {
            cancel.check();
            int to = blockEnd(from);
            for (int k = from; k < to; k++) {
                starts[indices[k] + 1]++;
            }
        }
        for (int j = 0; j < sources; j++) {
            starts[j + 1] += starts[j];
        }
        int[] next = starts.clone();
        var queries = new int[indices.length];
        int query = 0;
        for (int from = 0; from < indices.length; from = blockEnd(from)) {
            cancel.check();
            int to = blockEnd(from);
            for (int k = from; k < to; k++) {
                while (offsets[query + 1] <= k) {
                    query++;
                }
                queries[next[indices[k]]++] = query;
            }
        }
        return new NeighbourLists(offsets.length - 1, starts, queries);
    }

    private int blockEnd(int from) {
        return from + Math.min(UNINTERRUPTED, indices.length - from);
    }

    @Override
    public String toString() {
        return "%d pairs of %d queries and %d sources".formatted(pairs(), queries(), sources);
    }

    private static int count(long sources) {
        if (sources < 0 || sources > Integer.MAX_VALUE - 1) {
            throw new IllegalArgumentException(
                    "neighbour lists: %d sources; use 0 to 2147483646".formatted(sources));
        }
        return (int) sources;
    }

    private static int total(long pairs) {
        if (pairs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "neighbour lists: more than 2147483647 pairs do not fit into one set of lists;"
                            + " use fewer neighbours or split the queries");
        }
        return (int) pairs;
    }

    private static void checkOffsets(int[] offsets, int pairs) {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != pairs) {
            throw new IllegalArgumentException(
                    "neighbour lists: offsets do not run from 0 to the %d pairs; give queries + 1 of them"
                            .formatted(pairs));
        }
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] < offsets[i - 1]) {
                throw new IllegalArgumentException(
                        "neighbour lists: offset %d is %d after %d; offsets may not fall"
                                .formatted(i, offsets[i], offsets[i - 1]));
            }
        }
    }

    private static void checkIndices(int sources, int[] offsets, int[] indices) {
        for (int k = 0; k < indices.length; k++) {
            if (indices[k] < 0 || indices[k] >= sources) {
                int query = 0;
                while (offsets[query + 1] <= k) {
                    query++;
                }
                throw new IllegalArgumentException(
                        "neighbour lists: query %d names source %d of %d; number sources from 0"
                                .formatted(query, indices[k], sources));
            }
        }
    }
}
