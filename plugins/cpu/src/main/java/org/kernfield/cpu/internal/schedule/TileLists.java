package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.cpu.internal.code.Tile;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.kernel.Precision;

/**
 * For each tile of a raster the sources whose boxes meet it: counted, then moved to their places,
 * by chunks of the sources in parallel. Each entry carries its depth, so that a tile can put its
 * own into order.
 */
final class TileLists {
    /** Tiles in a row. */
    final int columns;

    /** All tiles. */
    final int tiles;

    /**
     * All lists, one after the other: the key of the depth · 2³² + the number of the source, as
     * they came. Where every tile has all sources, one list in order of depth.
     */
    final long[] entries;

    /** As long, for sorting. */
    private final long[] other;

    /** Depths by number, where a key does not say all of them; otherwise null. */
    private final double[] depths;

    private final int[] starts;
    private final boolean isShared;

    /** One list for all tiles. */
    TileLists(int columns, int tiles, long[] order, int count) {
        this.columns = columns;
        this.tiles = tiles;
        entries = order;
        other = null;
        depths = null;
        starts = new int[] {0, count};
        isShared = true;
    }

    /**
     * @param columns tiles in a row
     * @param tiles all tiles
     * @param boxes first column, end column, first row, end row of each source
     * @param numbers of the sources in the lists; negative for those that are in none
     * @param depth of each source
     */
    TileLists(
            Execution execution,
            int columns,
            int tiles,
            int[] boxes,
            int[] numbers,
            int count,
            Object depth) {
        this.columns = columns;
        this.tiles = tiles;
        isShared = false;
        int chunks = DepthOrder.chunks(count);
        var counts = new int[chunks][tiles];
        execution.forEach(
                chunks,
                c -> {
                    int end = DepthOrder.begin(count, chunks, c + 1);
                    for (int j = DepthOrder.begin(count, chunks, c); j < end; j++) {
                        if (numbers[j] >= 0) {
                            count(boxes, 4 * j, counts[c]);
                        }
                    }
                });
        int pairs = total(counts);
        DepthOrder.starts(counts);
        starts = execution.scratch().ints("tile starts", tiles + 1L);
        System.arraycopy(counts[0], 0, starts, 0, tiles);
        starts[tiles] = pairs;
        entries = execution.scratch().longs("tile entries", pairs);
        other = execution.scratch().longs("other tile entries", pairs);
        depths = depth instanceof double[] all ? numbered(execution, all, numbers, count) : null;
        execution.forEach(
                chunks,
                c -> {
                    int end = DepthOrder.begin(count, chunks, c + 1);
                    for (int j = DepthOrder.begin(count, chunks, c); j < end; j++) {
                        if (numbers[j] >= 0) {
                            long entry = DepthOrder.upperKey(depth, j) | numbers[j];
                            place(entry, boxes, 4 * j, counts[c]);
                        }
                    }
                });
    }

    private static double[] numbered(Execution execution, double[] all, int[] numbers, int count) {
        var depths =
                (double[]) execution.scratch().numbers(Precision.F64, "numbered depths", count);
        Numbers.scatter(all, 0, count, numbers, depths, 0, 1);
        return depths;
    }

    private void count(int[] boxes, int at, int[] counts) {
        int first = boxes[at] / Tile.WIDTH;
        int last = (boxes[at + 1] - 1) / Tile.WIDTH;
        int lastRow = (boxes[at + 3] - 1) / Tile.HEIGHT;
        for (int y = boxes[at + 2] / Tile.HEIGHT; y <= lastRow; y++) {
            for (int x = first; x <= last; x++) {
                counts[y * columns + x]++;
            }
        }
    }

    private void place(long entry, int[] boxes, int at, int[] next) {
        int first = boxes[at] / Tile.WIDTH;
        int last = (boxes[at + 1] - 1) / Tile.WIDTH;
        int lastRow = (boxes[at + 3] - 1) / Tile.HEIGHT;
        for (int y = boxes[at + 2] / Tile.HEIGHT; y <= lastRow; y++) {
            for (int x = first; x <= last; x++) {
                entries[next[y * columns + x]++] = entry;
            }
        }
    }

    private static int total(int[][] counts) {
        long total = 0;
        for (int[] chunk : counts) {
            for (int count : chunk) {
                total += count;
            }
        }
        if (total > Integer.MAX_VALUE - 8) {
            throw new OutOfBudgetException(
                    total
                            + " pairs of a source and a tile: at most 2147483639 fit; use fewer or"
                            + " smaller sources");
        }
        return (int) total;
    }

    /** Where the list of {@code tile} begins. */
    int start(int tile) {
        return isShared ? 0 : starts[tile];
    }

    /** Where the list of {@code tile} ends. */
    int end(int tile) {
        return isShared ? starts[1] : starts[tile + 1];
    }

    /** Puts the list of {@code tile} into ascending order of depth, ties as they came. */
    void order(int tile, NearestFirst sorter) {
        if (isShared) {
            return;
        }
        if (depths != null) {
            for (int k = start(tile); k < end(tile); k++) {
                int number = (int) entries[k];
                entries[k] = DepthOrder.lowerKey(depths, number) | number;
            }
            sorter.sort(entries, other, start(tile), end(tile));
            for (int k = start(tile); k < end(tile); k++) {
                int number = (int) entries[k];
                entries[k] = DepthOrder.upperKey(depths, number) | number;
            }
        }
        sorter.sort(entries, other, start(tile), end(tile));
    }

    /** How many tiles a box meets. */
    static int tiles(int x0, int x1, int y0, int y1) {
        return ((x1 - 1) / Tile.WIDTH - x0 / Tile.WIDTH + 1)
                * ((y1 - 1) / Tile.HEIGHT - y0 / Tile.HEIGHT + 1);
    }
}
