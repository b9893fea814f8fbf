package org.kernfield.io.internal.splat;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Rows that stand for many: the set of rows with the largest error is cut in two at its mean, along
 * the column that varies most, until there are as many sets as wanted. The time grows with the
 * logarithm of their number.
 */
final class Palette {
    private final float[] rows;
    private final int width;
    private final int[] order;
    private final PriorityQueue<Part> parts =
            new PriorityQueue<>(
                    Comparator.comparingDouble((Part p) -> -p.error).thenComparingInt(Part::from));

    /**
     * Rows {@code order[from]} to {@code order[to − 1]}.
     *
     * @param error sum of squared distances from their mean
     * @param column that varies most
     * @param mean of that column
     */
    private record Part(int from, int to, double error, int column, double mean) {}

    /**
     * @param rows n × width, row-major, finite
     * @param entries wanted; fewer where the rows are all alike
     */
    Palette(float[] rows, int width, int entries) {
        this.rows = rows;
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
        for (int c = 0; c < width; c++) {
            double sum = 0;
            double squares = 0;
            for (int k = from; k < to; k++) {
                double x = rows[order[k] * width + c];
                sum += x;
                squares += x * x;
            }
            double mean = sum / (to - from);
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

    /** The means of the sets, row-major. */
    float[] entries() {
        var entries = new float[parts.size() * width];
        int at = 0;
        for (Part part : parts) {
            for (int c = 0; c < width; c++) {
                double sum = 0;
                for (int k = part.from; k < part.to; k++) {
                    sum += rows[order[k] * width + c];
                }
                entries[at++] = (float) (sum / (part.to - part.from));
            }
        }
        return entries;
    }

    /** The set of each row. */
    int[] labels() {
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
