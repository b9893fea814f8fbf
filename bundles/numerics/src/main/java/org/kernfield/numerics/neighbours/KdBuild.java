package org.kernfield.numerics.neighbours;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;

/**
 * Arranges the points of a {@link KdTree}. The upper levels are halved one after the other, the
 * nodes of a level side by side; below them every part copies its points together and goes on
 * alone. What a node becomes depends on its points only, not on which thread did it.
 */
final class KdBuild {
    /** Points of a part that are copied together, so that they fit into a core's cache. */
    private static final int TOGETHER = 1 << 14;

    private final KdTree tree;
    private final float[] from;
    private final CancelToken cancel;

    KdBuild(KdTree tree, float[] from, CancelToken cancel) {
        this.tree = tree;
        this.from = from;
        this.cancel = cancel;
    }

    void run(Workers workers) {
        var keys = new long[tree.count];
        for (int k = 0; k < keys.length; k++) {
            keys[k] = k;
            tree.order[k] = k;
        }
        int[] all = tree.order.clone();
        int level = 0;
        while (level < tree.levels && tree.count >> level > TOGETHER) {
            int first = 1 << level;
            workers.forEach(
                    first,
                    part -> {
                        cancel.check();
                        int node = first + part;
                        if (!below(node)) {
                            halve(new Median(from, tree.dimension, keys, cancel), node, 0, all);
                        }
                    });
            level++;
        }
        int first = 1 << level;
        workers.forEach(
                first,
                part -> {
                    cancel.check();
                    together(first + part, keys);
                });
    }

    /** Whether all points of a node's parent coincide, so that there is nothing to halve. */
    private boolean below(int node) {
        if (node > 1 && tree.axes[node >> 1] == KdTree.COINCIDENT) {
            tree.axes[node] = KdTree.COINCIDENT;
            return true;
        }
        return false;
    }

    /**
     * Halves the points of an inner node.
     *
     * @param shift where the array of keys begins
     * @param items the caller's index of each item
     */
    private void halve(Median median, int node, int shift, int[] items) {
        int low = tree.first(node) - shift;
        int high = tree.end(node) - shift;
        int middle = tree.first(2 * node + 1) - shift;
        int axis = median.widest(low, high);
        tree.axes[node] = (byte) axis;
        if (axis == KdTree.COINCIDENT) {
            median.sort(low, high, items);
            return;
        }
        median.halve(axis, low, high, middle);
        tree.gaps[2 * node] = median.greatest(axis, low, middle);
        tree.gaps[2 * node + 1] = median.coordinate(axis, middle);
    }

    private void together(int node, long[] keys) {
        int low = tree.first(node);
        int size = tree.end(node) - low;
        int dimension = tree.dimension;
        var rows = new float[size * dimension];
        var items = new int[size];
        var local = new long[size];
        for (int k = 0; k < size; k++) {
            int item = (int) keys[low + k];
            items[k] = item;
            local[k] = k;
            for (int c = 0; c < dimension; c++) {
                rows[k * dimension + c] = from[item * dimension + c];
            }
        }
        finish(new Median(rows, dimension, local, cancel), node, low, items);
    }

    private void finish(Median median, int node, int shift, int[] items) {
        if (node >= tree.leaves) {
            write(median, node - tree.leaves, shift, items);
            return;
        }
        if (!below(node)) {
            halve(median, node, shift, items);
        }
        finish(median, 2 * node, shift, items);
        finish(median, 2 * node + 1, shift, items);
    }

    private void write(Median median, int leaf, int shift, int[] items) {
        int start = tree.start(leaf);
        int size = tree.start(leaf + 1) - start;
        median.sort(start - shift, start - shift + size, items);
        for (int k = 0; k < size; k++) {
            int item = median.item(start - shift + k);
            tree.order[start + k] = items[item];
            for (int c = 0; c < tree.dimension; c++) {
                tree.points[start * tree.dimension + c * size + k] =
                        median.rows[item * tree.dimension + c];
            }
        }
    }
}
