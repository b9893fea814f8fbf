package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.CompiledPairs;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

import java.util.Arrays;

/**
 * A regular grid over points in up to three of their coordinates, the points sorted by cell, and
 * for each cell the boxes that meet it.
 */
final class PointCells {
    /** Points in a cell, about: some vectors of them. */
    private static final int POINTS = 64;

    private static final int AXES = 3;

    /** Rows below which looking at every source is as fast. */
    private static final int FEW = 256;

    /** Boxes, each of which may meet many cells, between two looks at the cancel token. */
    static final int UNINTERRUPTED = 1024;

    /** Numbers of points, cell after cell, in their own order within a cell. */
    final int[] points;

    /** Where the points of each cell begin in {@link #points}. */
    final int[] pointStarts;

    private final int cells;
    private final int axes;
    private final int side;
    private final Planes coordinates;
    private final double[] low = new double[AXES];
    private final double[] scale = new double[AXES];
    private final boolean isFinite;

    /**
     * @param coordinates a plane for each coordinate
     * @param count points, at least 1
     */
    private PointCells(Execution execution, Planes coordinates, int count) {
        this.coordinates = coordinates;
        axes = Math.min(AXES, coordinates.count());
        double most = Math.pow(Math.max(1, count / POINTS), 1.0 / axes);
        side = Math.clamp((long) Math.ceil(most), 1, 1 << 20 / axes);
        cells = (int) Math.pow(side, axes);
        boolean finite = true;
        for (int c = 0; c < axes; c++) {
            double[] ends =
                    execution.extremes(coordinates.arrays()[c], coordinates.offsets()[c], count);
            finite &= Double.isFinite(ends[0]) && Double.isFinite(ends[1]);
            low[c] = ends[0];
            scale[c] = ends[1] > ends[0] ? side / (ends[1] - ends[0]) : 0;
        }
        isFinite = finite;
        points = execution.scratch().ints("cell points", count);
        pointStarts = execution.scratch().ints("cell starts", cells + 1L);
        if (isFinite) {
            sort(execution, count);
        }
    }

    private double coordinate(int c, int i) {
        return Numbers.get(coordinates.arrays()[c], coordinates.offsets()[c] + i);
    }

    private void sort(Execution execution, int count) {
        int[] cellOf = execution.scratch().ints("cell of point", count);
        int part = MapSchedule.PART;
        execution.forEach(
                Math.ceilDiv(count, part),
                k -> {
                    for (int i = k * part; i < Math.min(count, (k + 1) * part); i++) {
                        int cell = 0;
                        for (int c = axes - 1; c >= 0; c--) {
                            cell = cell * side + place(c, coordinate(c, i));
                        }
                        cellOf[i] = cell;
                    }
                });
        Arrays.fill(pointStarts, 0, cells + 1, 0);
        execution.inTurn(
                count,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        pointStarts[cellOf[i] + 1]++;
                    }
                });
        for (int k = 0; k < cells; k++) {
            pointStarts[k + 1] += pointStarts[k];
        }
        int[] next = Arrays.copyOf(pointStarts, cells);
        execution.inTurn(
                count,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        points[next[cellOf[i]]++] = i;
                    }
                });
    }

    /** Which slice of the grid a coordinate lies in, the outer ones reaching to infinity. */
    private int place(int c, double x) {
        return (int) Math.clamp(Math.floor((x - low[c]) * scale[c]), 0, side - 1);
    }

    /**
     * The cells of a sum's rows, null where there are too few rows or a coordinate is not finite:
     * such a row lies in no cell.
     */
    static PointCells of(Execution execution, CompiledPairs pairs, Args args) {
        int count = (int) args.queries().count();
        if (!pairs.isTruncated || count < FEW) {
            return null;
        }
        String slot = pairs.kernel.support().orElseThrow().slot();
        var cells = new PointCells(execution, Planes.of(args.buffers().get(slot)), count);
        return cells.isFinite && cells.cells > 1 ? cells : null;
    }

    int cells() {
        return cells;
    }

    /** A visit of cells that follow each other. */
    interface Visit {
        void cells(int from, int to);
    }

    /** Visits the cells that a box meets, ascending, row by row; a NaN stands for no bound. */
    void forEach(Planes lows, Planes highs, int box, Visit visit) {
        var first = new int[AXES];
        var last = new int[AXES];
        for (int c = 0; c < axes; c++) {
            double from = Numbers.get(lows.arrays()[c], lows.offsets()[c] + box);
            double to = Numbers.get(highs.arrays()[c], highs.offsets()[c] + box);
            // the corners are rounded to the element, the formula's own edge is not
            double slack = 1e-6 * (Math.abs(from) + Math.abs(to));
            first[c] = Double.isNaN(from - slack) ? 0 : place(c, from - slack);
            last[c] = Double.isNaN(to + slack) ? side - 1 : place(c, to + slack);
            if (last[c] < first[c]) {
                return;
            }
        }
        for (int z = first[2]; z <= last[2]; z++) {
            for (int y = first[1]; y <= last[1]; y++) {
                int row = (z * (axes > 2 ? side : 1) + y) * (axes > 1 ? side : 1);
                visit.cells(row + first[0], row + last[0] + 1);
            }
        }
    }

    /** Where the box of each source begins and ends, in the order of the coordinates. */
    record Bounds(Planes lows, Planes highs) {
        static Bounds of(Execution execution, CompiledPairs pairs, Args args, Sources sources) {
            CompiledMap map = pairs.support().orElseThrow();
            int stride = VectorWidth.roundUp(sources.count());
            int all = map.kernel.outputWidth();
            Object bounds =
                    execution
                            .scratch()
                            .numbers(map.kernel.precision(), "bounds", (long) all * stride);
            var lows = Planes.consecutive(bounds, all, stride);
            sources.map(map.code, Planes.of(map.code.inputs(), args), lows);
            var highs = lows.copy();
            for (int c = 0; c < all; c++) {
                highs.offsets()[c] += all / 2 * stride;
            }
            return new Bounds(lows, highs);
        }
    }
}
