package org.kernfield.engine.internal.scene;

import org.kernfield.field.Image;

import java.util.Arrays;

/**
 * Pictures of another size, or seen through a warp: a pixel is the mean of what its footprint
 * covers, weighted by area. The footprint is the box about the pixel's place in the source whose
 * sides reach from edge to edge of the pixel, and at least one pixel wide, so that enlarging
 * interpolates linearly.
 */
final class BoxFilter {
    /** Where something of the new picture lies in the source, in pixels; may reuse its result. */
    interface Warp {
        /**
         * @param place receives the column and the row
         */
        void source(double column, double row, double[] place);
    }

    private final Image source;
    private final double[] sums;

    private BoxFilter(Image source) {
        this.source = source;
        this.sums = new double[source.channels()];
    }

    /** The whole picture in another size. */
    static Image scaled(Image source, int width, int height) {
        if (source.width() == width && source.height() == height) {
            return source;
        }
        double across = (double) source.width() / width;
        double down = (double) source.height() / height;
        return warped(
                source,
                width,
                height,
                (column, row, place) -> {
                    place[0] = column * across;
                    place[1] = row * down;
                });
    }

    /** A picture of which {@code warp} says where it lies in the source. */
    static Image warped(Image source, int width, int height, Warp warp) {
        float[] values = values(source, width, height, warp);
        if (source.alpha() == null) {
            return new Image(width, height, source.channels(), values);
        }
        // values on white are premultiplied but for a constant, and alpha goes as they do
        var alpha = new Image(source.width(), source.height(), 1, source.alpha());
        return new Image(
                width, height, source.channels(), values, values(alpha, width, height, warp));
    }

    private static float[] values(Image source, int width, int height, Warp warp) {
        var filter = new BoxFilter(source);
        int channels = source.channels();
        var values = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        var low = new double[2];
        var high = new double[2];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += channels) {
                warp.source(x, y + 0.5, low);
                warp.source(x + 1, y + 0.5, high);
                double left = low[0];
                double right = high[0];
                warp.source(x + 0.5, y, low);
                warp.source(x + 0.5, y + 1, high);
                filter.mean(left, right, low[1], high[1], values, at);
            }
        }
        return values;
    }

    private void mean(double left, double right, double top, double bottom, float[] into, int at) {
        double widen = Math.max(0, 1 - (right - left)) / 2;
        double deepen = Math.max(0, 1 - (bottom - top)) / 2;
        double x0 = inside(left - widen, source.width());
        double x1 = inside(right + widen, source.width());
        double y0 = inside(top - deepen, source.height());
        double y1 = inside(bottom + deepen, source.height());
        Arrays.fill(sums, 0);
        double area = 0;
        int lastRow = x1 > x0 ? Math.min(source.height() - 1, (int) y1) : -1;
        for (int row = (int) y0; row <= lastRow; row++) {
            double depth = Math.min(y1, row + 1.0) - Math.max(y0, row);
            add(row, x0, x1, depth);
            area += depth * (x1 - x0);
        }
        for (int c = 0; c < sums.length; c++) {
            into[at + c] = area > 0 ? (float) (sums[c] / area) : nearest(x0, y0, c);
        }
    }

    private static double inside(double place, int length) {
        return Math.clamp(place, 0, length);
    }

    /** Adds a row between two places, weighted by what of each pixel lies between them. */
    private void add(int row, double x0, double x1, double weight) {
        int first = (int) x0;
        int last = Math.min(source.width() - 1, (int) x1);
        add(row, first, first + 1, weight * (Math.min(x1, first + 1.0) - x0));
        add(row, first + 1, last, weight);
        if (last > first) {
            add(row, last, last + 1, weight * (x1 - last));
        }
    }

    /** Adds pixels of a row with one weight. */
    private void add(int row, int first, int end, double weight) {
        int channels = sums.length;
        int from = (row * source.width() + first) * channels;
        int to = (row * source.width() + end) * channels;
        if (channels == 3) {
            addColours(from, to, weight);
            return;
        }
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int k = from + c; k < to; k += channels) {
                sum += source.values()[k];
            }
            sums[c] += weight * sum;
        }
    }

    /** The same for three channels, side by side. */
    private void addColours(int from, int to, double weight) {
        float[] values = source.values();
        float red = 0;
        float green = 0;
        float blue = 0;
        for (int k = from; k < to; k += 3) {
            red += values[k];
            green += values[k + 1];
            blue += values[k + 2];
        }
        sums[0] += weight * red;
        sums[1] += weight * green;
        sums[2] += weight * blue;
    }

    /** What lies at the border, for a footprint that is wholly outside. */
    private float nearest(double x, double y, int channel) {
        int column = Math.min(source.width() - 1, (int) x);
        int row = Math.min(source.height() - 1, (int) y);
        return source.get(column, row, channel);
    }
}
