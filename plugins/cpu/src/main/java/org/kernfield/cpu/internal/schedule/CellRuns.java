package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

import java.util.ArrayList;
import java.util.List;

/** For each source the runs of points, sorted by cell, that its box may meet. */
final class CellRuns {
    private final PointCells cells;
    private final PointCells.Bounds bounds;

    /** Pairs of a source and a point in all runs. */
    final long pairs;

    CellRuns(PointCells cells, PointCells.Bounds bounds, int sources) {
        this.cells = cells;
        this.bounds = bounds;
        long[] sum = {0};
        for (int j = 0; j < sources; j++) {
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
     * second ones, and so on; empty where there is none.
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
                        int[] box = boxAt(boxes, next[0]++, 4 * (to - from));
                        box[at] = cells.pointStarts[first];
                        box[at + 1] = cells.pointStarts[end];
                        box[at + 3] = 1;
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
