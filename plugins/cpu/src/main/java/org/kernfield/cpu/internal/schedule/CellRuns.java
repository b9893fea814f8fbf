package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

import java.util.ArrayList;
import java.util.List;

/** For each source the runs of points, sorted by cell, that its box may meet. */
final class CellRuns {
    /** Points of a box at most: bounds the rounding of long sums. */
    private static final int LONGEST = 1024;

    private final PointCells cells;
    private final PointCells.Bounds bounds;

    /** Pairs of a source and a point in all runs. */
    final long pairs;

    CellRuns(Execution execution, PointCells cells, PointCells.Bounds bounds, int sources) {
        this.cells = cells;
        this.bounds = bounds;
        long[] sum = {0};
        for (int j = 0; j < sources; j++) {
            if (j % PointCells.UNINTERRUPTED == 0) {
                execution.resources().cancel().check();
            }
            cells.forEach(
                    bounds.lows(),
                    bounds.highs(),
                    j,
                    (from, to) -> sum[0] += cells.pointStarts[to] - cells.pointStarts[from]);
        }
        pairs = sum[0];
    }

    /** The planes in the order of the cells. */
    Planes sorted(Execution execution, Precision precision, Planes planes) {
        int count = cells.pointStarts[cells.cells()];
        int stride = VectorWidth.roundUp(count) + VectorWidth.LANES;
        Object sorted =
                execution
                        .scratch()
                        .numbers(precision, "sorted rows", (long) planes.count() * stride);
        execution.forEach(
                planes.count(),
                k ->
                        Numbers.gather(
                                planes.arrays()[k],
                                planes.offsets()[k],
                                cells.points,
                                count,
                                sorted,
                                k * stride));
        return Planes.consecutive(sorted, planes.count(), stride);
    }

    /**
     * Boxes of one row for sources {@code from} to {@code to} − 1: the first runs of all, then the
     * second ones, and so on, long ones in pieces; empty where there is none.
     */
    int[][] boxes(int from, int to) {
        var boxes = new ArrayList<int[]>();
        for (int j = from; j < to; j++) {
            int at = 4 * (j - from);
            int[] next = {0};
            cells.forEach(
                    bounds.lows(),
                    bounds.highs(),
                    j,
                    (first, end) -> {
                        int last = cells.pointStarts[end];
                        for (int p = cells.pointStarts[first]; p < last; p += LONGEST) {
                            int[] box = boxAt(boxes, next[0]++, 4 * (to - from));
                            box[at] = p;
                            box[at + 1] = Math.min(last, p + LONGEST);
                            box[at + 3] = 1;
                        }
                    });
        }
        return boxes.toArray(int[][]::new);
    }

    private static int[] boxAt(List<int[]> boxes, int k, int length) {
        while (boxes.size() <= k) {
            boxes.add(new int[length]);
        }
        return boxes.get(k);
    }
}
