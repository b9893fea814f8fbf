package org.kernfield.numerics;

/**
 * Points arranged so that the nearest one is found in logarithmic time. Immutable; each thread
 * takes a {@link Search} of its own.
 *
 * <p>Source: J. L. Bentley, Multidimensional binary search trees used for associative searching,
 * Communications of the ACM 18 (1975), with medians along the widest side.
 */
public final class KdTree {
    private static final int LEAF = 8;

    private final int dimension;

    /** Coordinates in tree order. */
    private final float[] points;

    /** The caller's index of each point in tree order. */
    private final int[] order;

    /** Splitting axis of the node whose median is at that place. */
    private final byte[] axes;

    /**
     * @param points n × dimension, row-major, at least one; not modified
     * @param dimension 1 to 127
     */
    public KdTree(float[] points, int dimension) {
        if (points.length < dimension || dimension < 1 || dimension > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "k-d tree: %d numbers in %d dimensions; give at least one point of 1 to 127"
                            .formatted(points.length, dimension));
        }
        this.dimension = dimension;
        int n = points.length / dimension;
        order = new int[n];
        for (int k = 0; k < n; k++) {
            order[k] = k;
        }
        axes = new byte[n];
        split(points, 0, n);
        this.points = RadixSort.gather(points, dimension, order);
    }

    private void split(float[] from, int low, int high) {
        if (high - low <= LEAF) {
            return;
        }
        int axis = widest(from, low, high);
        int middle = (low + high) >>> 1;
        axes[middle] = (byte) axis;
        select(from, axis, low, high - 1, middle);
        split(from, low, middle);
        split(from, middle + 1, high);
    }

    private int widest(float[] from, int low, int high) {
        int widest = 0;
        float extent = -1;
        for (int axis = 0; axis < dimension; axis++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int k = low; k < high; k++) {
                float value = from[order[k] * dimension + axis];
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            if (most - least > extent) {
                extent = most - least;
                widest = axis;
            }
        }
        return widest;
    }

    /** Hoare's selection: what is below {@code place} afterwards is not above it, and so on. */
    private void select(float[] from, int axis, int low, int high, int place) {
        while (low < high) {
            float pivot = from[order[(low + high) >>> 1] * dimension + axis];
            int i = low;
            int j = high;
            while (i <= j) {
                while (from[order[i] * dimension + axis] < pivot) {
                    i++;
                }
                while (from[order[j] * dimension + axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swap = order[i];
                    order[i++] = order[j];
                    order[j--] = swap;
                }
            }
            if (place <= j) {
                high = j;
            } else if (place >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    /** A new search, to be used by one thread at a time. */
    public Search search() {
        return new Search();
    }

    /** Finds nearest points; not thread-safe. */
    public final class Search {
        private float[] query;
        private int at;
        private int nearest;
        private double squaredDistance;

        private Search() {}

        /**
         * Index of the point nearest to the query; of equally near ones the lowest.
         *
         * @param queries holds the query's coordinates from index {@code offset} on; finite
         */
        public int nearest(float[] queries, int offset) {
            query = queries;
            at = offset;
            nearest = Integer.MAX_VALUE;
            squaredDistance = Double.POSITIVE_INFINITY;
            descend(0, order.length);
            return nearest;
        }

        /** Squared distance from the last query to the point found. */
        public double squaredDistance() {
            return squaredDistance;
        }

        private void descend(int low, int high) {
            if (high - low <= LEAF) {
                for (int k = low; k < high; k++) {
                    consider(k);
                }
                return;
            }
            int middle = (low + high) >>> 1;
            int axis = axes[middle];
            double beyond = (double) query[at + axis] - points[middle * dimension + axis];
            consider(middle);
            if (beyond < 0) {
                descend(low, middle);
            } else {
                descend(middle + 1, high);
            }
            if (beyond * beyond <= squaredDistance) {
                if (beyond < 0) {
                    descend(middle + 1, high);
                } else {
                    descend(low, middle);
                }
            }
        }

        private void consider(int k) {
            double sum = 0;
            for (int c = 0; c < dimension; c++) {
                double difference = (double) query[at + c] - points[k * dimension + c];
                sum += difference * difference;
            }
            if (sum < squaredDistance || (sum == squaredDistance && order[k] < nearest)) {
                squaredDistance = sum;
                nearest = order[k];
            }
        }
    }
}
