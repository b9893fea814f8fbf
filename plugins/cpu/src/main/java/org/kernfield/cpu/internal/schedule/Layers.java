package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.BlendCode;
import org.kernfield.cpu.internal.code.CompiledBlend;
import org.kernfield.cpu.internal.code.Tile;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sources of a composite, ready to be laid over each other: what depends on the source alone as
 * one record each, its box of pixels, and for each tile the sources that meet it, nearest first.
 */
final class Layers {
    private static final int PART = MapSchedule.PART;

    final Sources sources;
    final Queries.Raster raster;
    final CompiledBlend blend;
    final TileLists lists;

    /** Numbers in a record. */
    final int width;

    /** Whether every source's channels are finite. */
    final boolean isFinite;

    /** First column, end column, first row, end row of each source; null when all cover all. */
    final int[] boxes;

    private final Execution execution;
    private final Object records;
    private final Precision precision;
    private final int count;

    Layers(Execution execution, CompiledBlend blend, Args args, Object uniforms) {
        this.execution = execution;
        this.blend = blend;
        precision = blend.kernel.precision();
        raster = (Queries.Raster) args.queries();
        sources = new Sources(execution, blend.kernel, args, uniforms);
        count = sources.count();
        width = blend.plan.pairs.sourceValues.size();
        records = execution.scratch().numbers(precision, "records", (long) count * width);
        isFinite = fillRecords(sources.values(blend.plan.pairs, blend.prepare));
        boxes = blend.support().map(map -> fillBoxes(map, args)).orElse(null);
        var depth = (PlanarBuffer) args.buffers().get(blend.plan.compositing.depth());
        long[] items = execution.scratch().longs("depths", count);
        int visible = gatherVisible(items);
        long[] order =
                DepthOrder.sort(
                        execution,
                        depth.data(),
                        false,
                        items,
                        execution.scratch().longs("other depths", count),
                        visible);
        lists = new TileLists(execution, raster, boxes, order, visible, boxes == null);
    }

    /** Runs over the sources in parts. */
    private void parts(MapSchedule.Part part) {
        execution.forEach(
                Math.ceilDiv(count, PART),
                k -> part.run(k, k * PART, Math.min(count, (k + 1) * PART)));
    }

    /** Copies the planes into records; gives whether the channels are finite. */
    private boolean fillRecords(Object[] planes) {
        var plan = blend.plan;
        var isChannel = new boolean[width];
        for (int k = 0; k < width; k++) {
            isChannel[k] = plan.channels.contains(plan.pairs.sourceValues.get(k));
        }
        var isInfinite = new AtomicBoolean();
        parts(
                (part, from, to) -> {
                    double excess = 0;
                    for (int block = from; block < to; block += 64) {
                        int end = Math.min(to, block + 64);
                        for (int k = 0; k < width; k++) {
                            Numbers.spread(
                                    planes[k], block, end, records, block * width + k, width);
                            if (isChannel[k]) {
                                excess += 0 * Numbers.sum(planes[k], block, end);
                            }
                        }
                    }
                    if (excess != 0) {
                        isInfinite.set(true);
                    }
                });
        return !isInfinite.get();
    }

    private int[] fillBoxes(org.kernfield.cpu.internal.code.CompiledMap support, Args args) {
        int stride = VectorWidth.roundUp(count);
        Object bounds = execution.scratch().numbers(precision, "bounds", 4L * stride);
        sources.map(
                support.code,
                Planes.of(support.code.inputs(), args),
                Planes.consecutive(bounds, 4, stride));
        int[] corners = execution.scratch().ints("boxes", 4L * count);
        int columns = raster.width();
        int rows = raster.height();
        parts(
                (part, from, to) -> {
                    for (int j = from; j < to; j++) {
                        int x0 = Boxes.first(Numbers.get(bounds, j), columns);
                        int x1 = Boxes.end(Numbers.get(bounds, 2 * stride + j), columns);
                        int y0 = Boxes.first(Numbers.get(bounds, stride + j), rows);
                        int y1 = Boxes.end(Numbers.get(bounds, 3 * stride + j), rows);
                        boolean isEmpty = x0 >= x1 || y0 >= y1;
                        corners[4 * j] = x0;
                        corners[4 * j + 1] = isEmpty ? x0 : x1;
                        corners[4 * j + 2] = y0;
                        corners[4 * j + 3] = y1;
                    }
                });
        return corners;
    }

    boolean isVisible(int j) {
        return boxes == null || boxes[4 * j] < boxes[4 * j + 1];
    }

    /** Numbers of the sources that are on the raster; gives how many. */
    private int gatherVisible(long[] items) {
        var starts = new int[Math.ceilDiv(count, PART) + 1];
        parts(
                (part, from, to) -> {
                    for (int j = from; j < to; j++) {
                        starts[part + 1] += isVisible(j) ? 1 : 0;
                    }
                });
        for (int k = 1; k < starts.length; k++) {
            starts[k] += starts[k - 1];
        }
        parts(
                (part, from, to) -> {
                    int next = starts[part];
                    for (int j = from; j < to; j++) {
                        if (isVisible(j)) {
                            items[next++] = j;
                        }
                    }
                });
        return starts[starts.length - 1];
    }

    /**
     * Copies the records and boxes of some sources of a tile's list next to each other.
     *
     * @param from first place in the lists
     * @param to place to stop before
     * @param column first pixel column of the tile
     * @param row first pixel row of the tile
     */
    void gather(int from, int to, int column, int row, Object batch, int[] spans) {
        int endColumn = Math.min(Tile.WIDTH, raster.width() - column);
        int endRow = Math.min(Tile.HEIGHT, raster.height() - row);
        int at = 0;
        int span = 0;
        for (int p = from; p < to; p++, span += BlendCode.SPAN) {
            int j = lists.sources[p];
            System.arraycopy(records, j * width, batch, at, width);
            at += width;
            if (boxes == null) {
                spans[span] = 0;
                spans[span + 1] = endColumn;
                spans[span + 2] = 0;
                spans[span + 3] = endRow;
            } else {
                spans[span] = Math.max(0, boxes[4 * j] - column);
                spans[span + 1] = Math.min(endColumn, boxes[4 * j + 1] - column);
                spans[span + 2] = Math.max(0, boxes[4 * j + 2] - row);
                spans[span + 3] = Math.min(endRow, boxes[4 * j + 3] - row);
            }
        }
    }
}
