package org.kernfield.numerics.neighbours;

/** Descends into the nearer half first and into the other while it can hold a wanted point. */
final class KdSearch extends Search {
    /**
     * What rounding leaves certain of a distance to a cell; it is summed over at most 31 levels.
     */
    private static final double CERTAIN = 1 - 1e-12;

    private final KdTree tree;

    /** How far the query is from the current cell along each axis. */
    private final double[] beyond;

    KdSearch(KdTree tree) {
        this.tree = tree;
        beyond = new double[tree.dimension];
    }

    @Override
    void visit() {
        if (tree.count == 0) {
            return;
        }
        double bound = 0;
        for (int c = 0; c < beyond.length; c++) {
            double x = query[at + c];
            beyond[c] = Math.max(0, Math.max(tree.box[0][c] - x, x - tree.box[1][c]));
            bound += beyond[c] * beyond[c];
        }
        if (bound * CERTAIN <= limit) {
            visit(1, bound);
        }
    }

    private void visit(int node, double bound) {
        if (node >= tree.leaves) {
            scan(node - tree.leaves);
            return;
        }
        int axis = tree.axes[node];
        if (axis == KdTree.COINCIDENT) {
            coincident(node);
            return;
        }
        double x = query[at + axis];
        double first = x - tree.gaps[2 * node];
        double second = tree.gaps[2 * node + 1] - x;
        int near = first <= second ? 2 * node : 2 * node + 1;
        visit(near, bound);
        double before = beyond[axis];
        double now = Math.max(before, Math.max(first, second));
        double farther = bound + (now * now - before * before);
        if (farther * CERTAIN <= limit) {
            beyond[axis] = now;
            visit(near ^ 1, farther);
            beyond[axis] = before;
        }
    }

    /** All of a node's points coincide and their indices ascend. */
    private void coincident(int node) {
        int first = tree.first(node);
        int end = tree.end(node);
        int leaf = tree.leafOf(node);
        int size = tree.start(leaf + 1) - first;
        double sum = 0;
        for (int c = 0; c < beyond.length; c++) {
            double difference =
                    query[at + c] - (double) tree.points[first * beyond.length + c * size];
            sum += difference * difference;
        }
        for (int k = first; k < end && wants(sum, tree.order[k]); k++) {
            found(sum, tree.order[k]);
        }
    }

    private void scan(int leaf) {
        int start = tree.start(leaf);
        int end = tree.start(leaf + 1);
        switch (beyond.length) {
            case 2 -> scan2(start, end - start);
            case 3 -> scan3(start, end - start);
            default -> scanAny(start, end - start);
        }
    }

    private void scan2(int start, int size) {
        float[] points = tree.points;
        double x = query[at];
        double y = query[at + 1];
        int from = 2 * start;
        for (int k = 0; k < size; k++) {
            double dx = x - points[from + k];
            double dy = y - points[from + size + k];
            double sum = dx * dx + dy * dy;
            if (sum <= limit) {
                found(sum, tree.order[start + k]);
            }
        }
    }

    private void scan3(int start, int size) {
        float[] points = tree.points;
        double x = query[at];
        double y = query[at + 1];
        double z = query[at + 2];
        int from = 3 * start;
        for (int k = 0; k < size; k++) {
            double dx = x - points[from + k];
            double dy = y - points[from + size + k];
            double dz = z - points[from + 2 * size + k];
            double sum = dx * dx + dy * dy + dz * dz;
            if (sum <= limit) {
                found(sum, tree.order[start + k]);
            }
        }
    }

    private void scanAny(int start, int size) {
        float[] points = tree.points;
        int from = start * beyond.length;
        for (int k = 0; k < size; k++) {
            double sum = 0;
            for (int c = 0; c < beyond.length; c++) {
                double difference = query[at + c] - (double) points[from + c * size + k];
                sum += difference * difference;
            }
            if (sum <= limit) {
                found(sum, tree.order[start + k]);
            }
        }
    }

    @Override
    int place(float[] queries, int offset) {
        int node = 1;
        while (node < tree.leaves) {
            int axis = tree.axes[node];
            if (axis == KdTree.COINCIDENT) {
                return tree.leafOf(node);
            }
            float x = queries[offset + axis];
            node =
                    2 * node
                            + ((double) x - tree.gaps[2 * node]
                                            <= (double) tree.gaps[2 * node + 1] - x
                                    ? 0
                                    : 1);
        }
        return node - tree.leaves;
    }

    @Override
    int load(int rank, float[] row) {
        int leaf = tree.leafAt(rank);
        int start = tree.start(leaf);
        int size = tree.start(leaf + 1) - start;
        for (int c = 0; c < row.length; c++) {
            row[c] = tree.points[start * row.length + c * size + rank - start];
        }
        return tree.order[rank];
    }
}
