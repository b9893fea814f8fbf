package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The pixels that each source's support box covers, as first column, end column, first row, end
 * row.
 */
final class Boxes {
    /** Sources of a part. */
    private static final int PART = MapSchedule.PART;

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
            put(corners, j, 0, raster.width(), 0, raster.height());
        }
        area = (long) count * raster.width() * raster.height();
        if (raster.width() % VectorWidth.LANES > 0) {
            cut();
        }
    }

    /**
     * Boxes from the kernel's support, their rows lengthened to whole vectors inside the raster
     * where it is wide enough: the formula is zero there.
     */
    void fromSupport(CompiledMap support, Sources sources, Args args) {
        var areas = new long[Math.ceilDiv(count, PART)];
        var columns = new int[areas.length];
        new SupportPixels(execution, raster)
                .forEach(
                        support,
                        sources,
                        args,
                        (from, to, pixels) -> {
                            long area = 0;
                            int bits = 0;
                            for (int j = from; j < to; j++) {
                                area += fill(pixels, j - from, j);
                                bits |= corners[4 * j + 1] - corners[4 * j];
                            }
                            areas[from / PART] = area;
                            columns[from / PART] = bits;
                        });
        area = LongStream.of(areas).sum();
        if (IntStream.of(columns).anyMatch(bits -> bits % VectorWidth.LANES > 0)) {
            cut();
        }
    }

    /** Fills in box {@code j} from pixels {@code k}; gives how many it has. */
    private long fill(SupportPixels.Pixels pixels, int k, int j) {
        if (pixels.isEmpty(k)) {
            put(corners, j, 0, 0, 0, 0);
            return 0;
        }
        int x0 = pixels.x0()[k];
        int x1 = pixels.x1()[k];
        int length = VectorWidth.roundUp(x1 - x0);
        if (length <= raster.width()) {
            x0 = Math.min(x0, raster.width() - length);
            x1 = x0 + length;
        }
        int y0 = pixels.y0()[k];
        int y1 = pixels.y1()[k];
        put(corners, j, x0, x1, y0, y1);
        return (long) (x1 - x0) * (y1 - y0);
    }

    /** Cuts off what is left of boxes beside whole vectors. */
    private void cut() {
        hasTails = true;
        execution.forEach(
                Math.ceilDiv(count, PART),
                part -> {
                    int end = Math.min(count, (part + 1) * PART);
                    for (int j = part * PART; j < end; j++) {
                        cut(j);
                    }
                });
    }

    private void cut(int j) {
        int x0 = corners[4 * j];
        int x1 = corners[4 * j + 1];
        int cut = x1 - (x1 - x0) % VectorWidth.LANES;
        if (cut < x1) {
            corners[4 * j + 1] = cut;
            put(tails, j, cut, x1, corners[4 * j + 2], corners[4 * j + 3]);
        } else {
            put(tails, j, 0, 0, 0, 0);
        }
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
