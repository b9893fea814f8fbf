package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

import java.util.stream.LongStream;

/**
 * The pixels that each source's support box covers, as first column, end column, first row, end
 * row.
 */
final class Boxes {
    /** Rounding of the box's corners in float32, in pixels. */
    private static final double SLACK = 0.002;

    /** Sources of a part. */
    private static final int PART = 8192;

    /** Pixels between two looks at the cancel token. */
    private static final long UNINTERRUPTED = 4_000_000;

    /** Mean pixels of boxes from which they are taken strip by strip, and rows of such a strip. */
    private static final int WIDE = 128 * 128;

    private static final int STRIP = 32;

    private final Execution execution;
    private final Queries.Raster raster;
    private final int count;

    /** Boxes whole vectors wide; their rows also bound the tails. */
    final int[] corners;

    /** What is left of the boxes to their right, less than a vector wide; empty for most. */
    private final int[] tails;

    private boolean hasTails;

    /** Pixels in all boxes together. */
    long area;

    Boxes(Execution execution, Queries.Raster raster, int count) {
        this.execution = execution;
        this.raster = raster;
        this.count = count;
        this.corners = execution.scratch().ints("boxes", 4L * count);
        this.tails = execution.scratch().ints("box tails", 4L * count);
    }

    /** Every source covers the whole raster. */
    void everything() {
        for (int j = 0; j < count; j++) {
            set(j, 0, raster.width(), 0, raster.height());
        }
        hasTails = raster.width() % VectorWidth.LANES > 0;
        area = (long) count * raster.width() * raster.height();
    }

    /**
     * Boxes from the kernel's support, their rows lengthened to whole vectors inside the raster
     * where it is wide enough: the formula is zero there.
     */
    void fromSupport(CompiledMap support, Sources sources, Args args) {
        int stride = VectorWidth.roundUp(count);
        Object bounds =
                execution.scratch().numbers(support.kernel.precision(), "bounds", 4L * stride);
        sources.map(
                support.code,
                Planes.of(support.code.inputs(), args),
                Planes.consecutive(bounds, 4, stride));
        var areas = new long[Math.ceilDiv(count, PART)];
        var tailed = new boolean[areas.length];
        execution.forEach(
                areas.length,
                part -> {
                    int end = Math.min(count, (part + 1) * PART);
                    long pixels = 0;
                    boolean any = false;
                    for (int j = part * PART; j < end; j++) {
                        pixels += fill(bounds, stride, j);
                        any |= tails[4 * j] < tails[4 * j + 1];
                    }
                    areas[part] = pixels;
                    tailed[part] = any;
                });
        area = LongStream.of(areas).sum();
        for (boolean any : tailed) {
            hasTails |= any;
        }
    }

    /** Fills in box {@code j}; gives its pixels. */
    private long fill(Object bounds, int stride, int j) {
        int width = raster.width();
        int x0 = first(Numbers.get(bounds, j), width);
        int x1 = end(Numbers.get(bounds, 2 * stride + j), width);
        int y0 = first(Numbers.get(bounds, stride + j), raster.height());
        int y1 = end(Numbers.get(bounds, 3 * stride + j), raster.height());
        if (x0 >= x1 || y0 >= y1) {
            set(j, 0, 0, 0, 0);
            return 0;
        }
        int length = VectorWidth.roundUp(x1 - x0);
        if (length <= width) {
            x0 = Math.min(x0, width - length);
            x1 = x0 + length;
        }
        set(j, x0, x1, y0, y1);
        return (long) (x1 - x0) * (y1 - y0);
    }

    /** Moves box {@code order[k]} to place k. */
    void arrange(int[] order) {
        arrange(corners, order);
        if (hasTails) {
            arrange(tails, order);
        }
    }

    private void arrange(int[] boxes, int[] order) {
        int[] before = execution.scratch().ints("boxes before", 4L * count);
        System.arraycopy(boxes, 0, before, 0, 4 * count);
        execution.forEach(
                Math.ceilDiv(count, PART),
                part -> {
                    int end = Math.min(count, (part + 1) * PART);
                    for (int k = part * PART; k < end; k++) {
                        System.arraycopy(before, 4 * order[k], boxes, 4 * k, 4);
                    }
                });
    }

    int count() {
        return count;
    }

    /** Columns of the raster. */
    int width() {
        return raster.width();
    }

    /** Rows of the raster. */
    int height() {
        return raster.height();
    }

    /**
     * How many rows at a time some sources can take: no more than let them hear of a cancellation,
     * and few where boxes are so wide that a column of pixels would not stay in cache.
     */
    int bandOf(int from, int to) {
        long pixels = 0;
        for (int j = from; j < to; j++) {
            pixels +=
                    (long) (corners[4 * j + 1] - corners[4 * j])
                            * (corners[4 * j + 3] - corners[4 * j + 2]);
        }
        if (pixels > (long) WIDE * (to - from)) {
            return STRIP;
        }
        return pixels <= UNINTERRUPTED
                ? raster.height()
                : (int) Math.max(1, raster.height() * UNINTERRUPTED / pixels);
    }

    /** First pixel whose centre is not below {@code low}; 0 for NaN, so that NaN is seen. */
    static int first(double low, int size) {
        double pixel = Math.ceil(low - 0.5 - SLACK);
        return pixel > 0 ? (int) Math.min(pixel, size) : 0;
    }

    /** One past the last pixel whose centre is not above {@code high}; all for NaN. */
    static int end(double high, int size) {
        double pixel = Math.floor(high - 0.5 + SLACK) + 1;
        return pixel < size ? (int) Math.max(pixel, 0) : size;
    }

    private void set(int j, int x0, int x1, int y0, int y1) {
        int cut = x1 - (x1 - x0) % VectorWidth.LANES;
        put(corners, j, x0, cut, y0, y1);
        if (cut < x1) {
            put(tails, j, cut, x1, y0, y1);
        } else {
            put(tails, j, 0, 0, 0, 0);
        }
    }

    private static void put(int[] boxes, int j, int x0, int x1, int y0, int y1) {
        boxes[4 * j] = x0;
        boxes[4 * j + 1] = x1;
        boxes[4 * j + 2] = y0;
        boxes[4 * j + 3] = y1;
    }

    /** Boxes of one kind. */
    interface Kind {
        void run(int[] corners, boolean isTail);
    }

    /** Runs over the boxes whole vectors wide, then over their tails where there are any. */
    void forEachKind(Kind kind) {
        kind.run(corners, false);
        if (hasTails) {
            kind.run(tails, true);
        }
    }
}
