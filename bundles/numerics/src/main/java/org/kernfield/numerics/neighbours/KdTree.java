package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

/**
 * A balanced k-d tree for points of any distribution: split at the median of the widest side, until
 * at most 16 points are left in a leaf. Points that all coincide are one leaf however many they
 * are. Besides the points it holds 4 bytes a point and 9 bytes a node.
 *
 * <p>Sources: J. L. Bentley, Multidimensional binary search trees used for associative searching,
 * Communications of the ACM 18 (1975); for the distance to a cell, kept up to date from node to
 * node, S. Arya, D. M. Mount, Algorithms for fast vector quantization, Data Compression Conference
 * (1993).
 */
public final class KdTree implements NeighbourSearch {
    /** Most points of a leaf. */
    static final int LEAF = 16;

    /** In place of an axis: all points below that node coincide. */
    static final byte COINCIDENT = -1;

    final int dimension;
    final int count;

    /**
     * Halvings from the root to the leaves. Node 1 is the root, those below node i are 2i and 2i +
     * 1, and node {@code leaves + l} is leaf l.
     */
    final int levels;

    final int leaves;

    /** Leaf after leaf, in each the first coordinates of its points, then the second ones … */
    final float[] points;

    /** The caller's index of each point, leaf after leaf, ascending in each. */
    final int[] order;

    /** Axis of each inner node. */
    final byte[] axes;

    /** Along each inner node's axis the end of its first half and the start of its second. */
    final float[] gaps;

    /** Least and greatest coordinates of all points. */
    final float[][] box;

    private KdTree(float[] from, int dimension, Workers workers, CancelToken cancel) {
        this.dimension = dimension;
        count = Points.check("k-d tree", from, dimension, workers, cancel);
        int halvings = 0;
        while (count > (long) LEAF << halvings) {
            halvings++;
        }
        levels = halvings;
        leaves = 1 << levels;
        box = Points.box(from, dimension, workers);
        points = new float[from.length];
        order = new int[count];
        axes = new byte[leaves];
        gaps = new float[2 * leaves];
        new KdBuild(this, from, cancel).run(workers);
    }

    /**
     * Builds a tree, on all workers.
     *
     * @param points n × dimension, row-major, finite; copied
     * @param dimension coordinates of a point, 1 to 127
     * @throws IllegalArgumentException naming the first point that is not finite
     */
    public static KdTree of(float[] points, int dimension, Workers workers, CancelToken cancel) {
        return new KdTree(points, dimension, workers, cancel);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Search search() {
        return new KdSearch(this);
    }

    /** Where leaf {@code leaf} begins in {@link #order}; the last one ends at that of the next. */
    int start(int leaf) {
        return (int) ((long) leaf * count >> levels);
    }

    /** The leaf that holds place {@code rank} of {@link #order}. */
    int leafAt(int rank) {
        int leaf = (int) (((long) rank << levels) / count);
        while (start(leaf + 1) <= rank) {
            leaf++;
        }
        return leaf;
    }

    /** The first leaf below a node. */
    int leafOf(int node) {
        return (node << below(node)) - leaves;
    }

    /** Where the points of a node begin in {@link #order}. */
    int first(int node) {
        return start(leafOf(node));
    }

    /** Where the points of a node end in {@link #order}. */
    int end(int node) {
        return start((node + 1 << below(node)) - leaves);
    }

    private int below(int node) {
        return levels - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(node));
    }
}
