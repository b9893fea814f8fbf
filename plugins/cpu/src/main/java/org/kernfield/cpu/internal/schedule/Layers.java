package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.CompiledBlend;
import org.kernfield.cpu.internal.code.CompiledMap;
import org.kernfield.cpu.internal.code.Tile;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.kernel.Precision;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sources of a composite, ready to be laid over each other: what depends on the source alone as
 * one record each, its box of pixels, and for each tile the sources that meet it. Here they are
 * numbered in {@link SpatialOrder}.
 */
final class Layers {
    private static final int PART = MapSchedule.PART;

    /** Sources whose records are written together. */
    private static final int TOGETHER = 64;

    final Sources sources;
    final Queries.Raster raster;
    final CompiledBlend blend;
    final TileLists lists;
    final Tile shape;

    /** Numbers in a record. */
    final int width;

    /** Whether every source's channels are finite. */
    final boolean isFinite;

    /** How many sources are on the raster. */
    final int visible;

    /** The number here of each source. */
    final int[] numbers;

    /** First column, end column, first row, end row, by numbers here; null when all cover all. */
    final int[] boxes;

    private final Execution execution;

    /** What depends on the source alone, source after source by numbers here. */
    final Object records;

    private final Precision precision;
    private final int count;

    Layers(Execution execution, CompiledBlend blend, Args args, Object uniforms) {
        this.execution = execution;
        this.blend = blend;
        precision = blend.kernel.precision();
        shape = Tile.of(precision);
        raster = (Queries.Raster) args.queries();
        sources = new Sources(execution, blend.kernel, args, uniforms);
        count = sources.count();
        width = blend.plan.pairs.sourceValues.size();
        var scratch = execution.scratch();
        int columns = Math.ceilDiv(raster.width(), Tile.WIDTH);
        int tiles = columns * Math.ceilDiv(raster.height(), Tile.HEIGHT);
        int[] corners = blend.support().map(map -> fillBoxes(map, args)).orElse(null);
        numbers = scratch.ints("source numbers", count);
        visible = corners == null ? all() : number(corners, columns, tiles);
        boxes = corners == null ? null : move(corners);
        records = scratch.numbers(precision, "records", (long) visible * width);
        isFinite = fillRecords(sources.values(blend.plan.pairs, blend.prepare));
        var depth = (PlanarBuffer) args.buffers().get(blend.plan.compositing.depth());
        lists =
                corners == null
                        ? new TileLists(columns, tiles, nearestFirst(depth.data()), count)
                        : new TileLists(
                                execution, columns, tiles, corners, numbers, count, depth.data());
    }

    private int all() {
        for (int j = 0; j < count; j++) {
            numbers[j] = j;
        }
        return count;
    }

    private int number(int[] corners, int columns, int tiles) {
        return SpatialOrder.number(
                execution,
                corners,
                count,
                tiles,
                at -> corners[at + 2] / Tile.HEIGHT * columns + corners[at] / Tile.WIDTH,
                numbers);
    }

    /** Boxes by numbers here. */
    private int[] move(int[] corners) {
        int[] moved = execution.scratch().ints("numbered boxes", 4L * visible);
        parts(
                (part, from, to) -> {
                    for (int j = from; j < to; j++) {
                        if (numbers[j] != SpatialOrder.NOWHERE) {
                            System.arraycopy(corners, 4 * j, moved, 4 * numbers[j], 4);
                        }
                    }
                });
        return moved;
    }

    /** All sources in ascending order of depth, ties as they came. */
    private long[] nearestFirst(Object depths) {
        long[] items = execution.scratch().longs("depths", count);
        for (int j = 0; j < count; j++) {
            items[j] = j;
        }
        long[] other = execution.scratch().longs("other depths", count);
        return DepthOrder.sort(execution, depths, false, items, other, count);
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
                    for (int next = from; next < to; next += TOGETHER) {
                        int end = Math.min(to, next + TOGETHER);
                        for (int k = 0; k < width; k++) {
                            Numbers.scatter(planes[k], next, end, numbers, records, k, width);
                            if (isChannel[k]) {
                                excess += 0 * Numbers.sum(planes[k], next, end);
                            }
                        }
                    }
                    if (excess != 0) {
                        isInfinite.set(true);
                    }
                });
        return !isInfinite.get();
    }

    private int[] fillBoxes(CompiledMap support, Args args) {
        int[] corners = execution.scratch().ints("boxes", 4L * count);
        new SupportPixels(execution, raster)
                .forEach(
                        support,
                        sources,
                        args,
                        (from, to, pixels) -> {
                            for (int j = from; j < to; j++) {
                                int k = j - from;
                                int x0 = pixels.x0()[k];
                                corners[4 * j] = x0;
                                corners[4 * j + 1] = pixels.isEmpty(k) ? x0 : pixels.x1()[k];
                                corners[4 * j + 2] = pixels.y0()[k];
                                corners[4 * j + 3] = pixels.y1()[k];
                            }
                        });
        return corners;
    }

    /**
     * Where a source may be seen in a tile.
     *
     * @param column first pixel column of the tile
     * @param row first pixel row of the tile
     * @param columns columns of the tile that are on the raster
     * @param rows rows of it that are
     */
    long blocks(int source, int column, int row, int columns, int rows) {
        if (boxes == null) {
            return shape.blocks(0, columns, 0, rows);
        }
        return shape.blocks(
                Math.max(0, boxes[4 * source] - column),
                Math.min(columns, boxes[4 * source + 1] - column),
                Math.max(0, boxes[4 * source + 2] - row),
                Math.min(rows, boxes[4 * source + 3] - row));
    }
}
