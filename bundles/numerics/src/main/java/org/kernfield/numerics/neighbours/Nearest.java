package org.kernfield.numerics.neighbours;

import java.util.Arrays;

/**
 * The k least of the squared distances offered, ties by index: a sorted row while k is small, where
 * moving a few numbers is cheapest, else a heap whose root is the greatest.
 */
final class Nearest {
    private static final int SORTED = 64;

    private int k;
    private int size;
    private double[] distances = new double[0];
    private int[] indices = new int[0];

    void begin(int k) {
        this.k = k;
        size = 0;
        if (distances.length < k && k <= SORTED) {
            reserve(k);
        }
    }

    private void reserve(int capacity) {
        distances = Arrays.copyOf(distances, capacity);
        indices = Arrays.copyOf(indices, capacity);
    }

    int size() {
        return size;
    }

    int index(int rank) {
        return indices[rank];
    }

    double squaredDistance(int rank) {
        return distances[rank];
    }

    int[] indices() {
        return indices;
    }

    /** Whether an index would be taken at the distance that is the greatest now. */
    boolean admits(int index) {
        return size < k || index < indices[k <= SORTED ? k - 1 : 0];
    }

    /** Takes a point unless k better ones are known; returns the greatest distance of interest. */
    double offer(double distance, int index) {
        if (k <= SORTED) {
            insert(distance, index);
        } else {
            push(distance, index);
        }
        return size < k ? Double.POSITIVE_INFINITY : distances[k <= SORTED ? k - 1 : 0];
    }

    /** Brings the points into ascending order. */
    void finish() {
        if (k > SORTED) {
            int all = size;
            while (size > 1) {
                double greatest = distances[0];
                int of = indices[0];
                size--;
                sink(distances[size], indices[size]);
                distances[size] = greatest;
                indices[size] = of;
            }
            size = all;
        }
    }

    private void insert(double distance, int index) {
        double[] distances = this.distances;
        int[] indices = this.indices;
        int place;
        if (size < k) {
            place = size++;
        } else if (before(distance, index, distances[k - 1], indices[k - 1])) {
            place = k - 1;
        } else {
            return;
        }
        while (place > 0 && before(distance, index, distances[place - 1], indices[place - 1])) {
            distances[place] = distances[place - 1];
            indices[place] = indices[place - 1];
            place--;
        }
        distances[place] = distance;
        indices[place] = index;
    }

    private void push(double distance, int index) {
        if (size == k) {
            if (before(distance, index, distances[0], indices[0])) {
                sink(distance, index);
            }
            return;
        }
        if (size == distances.length) {
            reserve((int) Math.min(k, Math.max(2L * SORTED, 2L * size)));
        }
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(distances[parent], indices[parent], distance, index)) {
                break;
            }
            distances[place] = distances[parent];
            indices[place] = indices[parent];
            place = parent;
        }
        distances[place] = distance;
        indices[place] = index;
    }

    /** Puts a point into the heap in place of its root. */
    private void sink(double distance, int index) {
        int place = 0;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size
                    && before(
                            distances[child],
                            indices[child],
                            distances[child + 1],
                            indices[child + 1])) {
                child++;
            }
            if (!before(distance, index, distances[child], indices[child])) {
                break;
            }
            distances[place] = distances[child];
            indices[place] = indices[child];
            place = child;
        }
        distances[place] = distance;
        indices[place] = index;
    }

    private static boolean before(double distance, int index, double than, int thanIndex) {
        return distance < than || distance == than && index < thanIndex;
    }
}
