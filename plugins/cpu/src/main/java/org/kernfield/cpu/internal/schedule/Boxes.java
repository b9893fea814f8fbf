package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

/**
 * The pixels that each source's support box covers, as first column, end column, first row, end
 * row.
 */
final class Boxes {
    /** Rounding of the box's corners in float32, in pixels. */
    private static final double SLACK = 0.002;

    /** Pixels between two looks at the cancel token. */
    private static final long UNINTERRUPTED = 4_000_000;

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
        int width = raster.width();
        area = 0;
        for (int j = 0; j < count; j++) {
            int x0 = first(Numbers.get(bounds, j), width);
            int x1 = end(Numbers.get(bounds, 2 * stride + j), width);
            int y0 = first(Numbers.get(bounds, stride + j), raster.height());
            int y1 = end(Numbers.get(bounds, 3 * stride + j), raster.height());
            if (x0 >= x1 || y0 >= y1) {
                set(j, 0, 0, 0, 0);
                continue;
            }
            int length = VectorWidth.roundUp(x1 - x0);
            if (length <= width) {
                x0 = Math.min(x0, width - length);
                x1 = x0 + length;
            }
            set(j, x0, x1, y0, y1);
            area += (long) (x1 - x0) * (y1 - y0);
        }
    }

    /** How many rows at a time some sources can take without being deaf to a cancellation. */
    int bandOf(int from, int to) {
        long pixels = 0;
        for (int j = from; j < to; j++) {
            pixels +=
                    (long) (corners[4 * j + 1] - corners[4 * j])
                            * (corners[4 * j + 3] - corners[4 * j + 2]);
        }
        return pixels <= UNINTERRUPTED
                ? raster.height()
                : (int) Math.max(1, raster.height() * UNINTERRUPTED / pixels);
    }

    /** First pixel whose centre is not below {@code low}; 0 for NaN, so that NaN is seen. */
    static int first(double low, int size) {
        return (int) Math.clamp(Math.ceil(low - 0.5 - SLACK), 0, size);
    }

    /** One past the last pixel whose centre is not above {@code high}; all for NaN. */
    static int end(double high, int size) {
        return Double.isNaN(high)
                ? size
                : (int) Math.clamp(Math.floor(high - 0.5 + SLACK) + 1, 0, size);
    }

    private void set(int j, int x0, int x1, int y0, int y1) {
        int cut = x1 - (x1 - x0) % VectorWidth.LANES;
        put(corners, j, x0, cut, y0, y1);
        if (cut < x1) {
            hasTails = true;
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
