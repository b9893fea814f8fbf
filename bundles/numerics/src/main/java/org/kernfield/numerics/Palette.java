package org.kernfield.numerics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Rows that stand for many: the set of rows with the largest error, the sum of weighted squared
 * distances from its mean, is cut in two at that mean, along the column that varies most, until
 * there are as many sets as wanted. The time grows with the logarithm of their number.
 */
public final class Palette {
    private final float[] rows;
    private final float[] weights;
    private final int width;
    private final int[] order;
    private final PriorityQueue<Part> parts =
            new PriorityQueue<>(
                    Comparator.comparingDouble((Part p) -> -p.error).thenComparingInt(Part::from));

    /**
     * Rows {@code order[from]} to {@code order[to − 1]}.
     *
     * @param error sum of weighted squared distances from their mean
     * @param column that varies most
     * @param mean of that column
     */
    private record Part(int from, int to, double error, int column, double mean) {}

    /** A palette of rows that all weigh the same. */
    public static Palette of(float[] rows, int width, int entries) {
        var weights = new float[rows.length / width];
        Arrays.fill(weights, 1);
        return new Palette(rows, width, weights, entries);
    }

    /**
     * @param rows n × width, row-major, finite, one at least; not modified
     * @param weights n, above 0; not modified
     * @param entries wanted, at least 1; fewer where the rows are all alike
     */
    public Palette(float[] rows, int width, float[] weights, int entries) {
        if (rows.length != (long) width * weights.length || weights.length == 0 || entries < 1) {
            throw new IllegalArgumentException(
                    "palette: %d entries of %d weights for %d numbers in rows of %d; give a weight to each row"
                            .formatted(entries, weights.length, rows.length, width));
        }
        this.rows = rows;
        this.weights = weights;
        this.width = width;
        this.order = new int[rows.length / width];
        for (int k = 0; k < order.length; k++) {
            order[k] = k;
        }
        parts.add(part(0, order.length));
        while (parts.size() < entries && parts.peek().error > 0) {
            Part whole = parts.remove();
            int cut = cut(whole);
            parts.add(part(whole.from, cut));
            parts.add(part(cut, whole.to));
        }
    }

    private Part part(int from, int to) {
        double error = 0;
        double most = -1;
        int column = 0;
        double middle = 0;
        double weight = weight(from, to);
        for (int c = 0; c < width; c++) {
            double sum = 0;
            double squares = 0;
            for (int k = from; k < to; k++) {
                double x = rows[order[k] * width + c];
                sum += weights[order[k]] * x;
                squares += weights[order[k]] * x * x;
            }
            double mean = sum / weight;
            double spread = Math.max(0, squares - sum * mean);
            error += spread;
            if (spread > most) {
                most = spread;
                column = c;
                middle = mean;
            }
        }
        // rounding leaves a little where all rows are alike
        return new Part(from, to, isUniform(from, to, column) ? 0 : error, column, middle);
    }

    private double weight(int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += weights[order[k]];
        }
        return sum;
    }

    private boolean isUniform(int from, int to, int column) {
        float first = rows[order[from] * width + column];
        for (int k = from + 1; k < to; k++) {
            if (rows[order[k] * width + column] != first) {
                return false;
            }
        }
        return true;
    }

    /** Brings the rows below the mean to the front; both sides get one at least. */
    private int cut(Part part) {
        int low = part.from;
        int high = part.to;
        while (low < high) {
            if (rows[order[low] * width + part.column] <= part.mean) {
                low++;
            } else {
                int swap = order[low];
                order[low] = order[--high];
                order[high] = swap;
            }
        }
        return Math.clamp(low, part.from + 1, part.to - 1);
    }

    /** The weighted means of the sets, row-major. */
    public float[] entries() {
        var entries = new float[parts.size() * width];
        int at = 0;
        for (Part part : parts) {
            double weight = weight(part.from, part.to);
            for (int c = 0; c < width; c++) {
                double sum = 0;
                for (int k = part.from; k < part.to; k++) {
                    sum += weights[order[k]] * (double) rows[order[k] * width + c];
                }
                entries[at++] = (float) (sum / weight);
            }
        }
        return entries;
    }

    /** The set of each row. */
    public int[] labels() {
        var labels = new int[order.length];
        int label = 0;
        for (Part part : parts) {
            for (int k = part.from; k < part.to; k++) {
                labels[order[k]] = label;
            }
            label++;
        }
        return labels;
    }
}
