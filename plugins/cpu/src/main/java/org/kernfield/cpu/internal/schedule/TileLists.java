package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.OutOfBudgetException;
import org.kernfield.cpu.internal.code.Tile;
import org.kernfield.cpu.internal.memory.Scratch;

import java.util.Arrays;

/**
 * For each tile of a raster the sources whose boxes meet it, in a given order: counted, then moved
 * to their places, by chunks of the order in parallel.
 */
final class TileLists {
    private static final int AXIS = 16;
    private static final int MASK = (1 << AXIS) - 1;

    /** Tiles in a row. */
    final int columns;

    /** All tiles. */
    final int tiles;

    /** All lists, one after the other. */
    int[] sources;

    private final int[] starts;
    private final boolean isEverywhere;

    /**
     * @param columns tiles in a row
     * @param tiles all tiles
     * @param boxes first column, end column, first row, end row of each source; null when every
     *     tile has all sources
     * @param order numbers of sources in the lower halves
     */
    TileLists(Execution execution, int columns, int tiles, int[] boxes, long[] order, int visible) {
        this.isEverywhere = boxes == null;
        this.columns = columns;
        this.tiles = tiles;
        Scratch scratch = execution.scratch();
        starts = scratch.ints("tile starts", tiles + 1L);
        if (isEverywhere) {
            sources = scratch.ints("tile sources", visible);
            for (int k = 0; k < visible; k++) {
                sources[k] = (int) order[k];
            }
            Arrays.fill(starts, 0, tiles + 1, visible);
            return;
        }
        long[] ranges = scratch.longs("tile ranges", visible);
        int chunks = DepthOrder.chunks(visible);
        var counts = new int[chunks][tiles];
        execution.forEach(
                chunks,
                c -> {
                    int end = DepthOrder.begin(visible, chunks, c + 1);
                    for (int k = DepthOrder.begin(visible, chunks, c); k < end; k++) {
                        ranges[k] = range(boxes, 4 * (int) order[k]);
                        count(ranges[k], counts[c]);
                    }
                });
        long pairs = total(counts);
        if (pairs > Integer.MAX_VALUE - 8) {
            throw new OutOfBudgetException(
                    pairs
                            + " pairs of a source and a tile: at most 2147483639 fit; use fewer or"
                            + " smaller sources");
        }
        DepthOrder.starts(counts);
        System.arraycopy(counts[0], 0, starts, 0, tiles);
        starts[tiles] = (int) pairs;
        sources = scratch.ints("tile sources", pairs);
        execution.forEach(
                chunks,
                c -> {
                    int end = DepthOrder.begin(visible, chunks, c + 1);
                    for (int k = DepthOrder.begin(visible, chunks, c); k < end; k++) {
                        place((int) order[k], ranges[k], counts[c]);
                    }
                });
    }

    /** First column, last column, first row, last row of tiles, {@link #AXIS} bits each. */
    private static long range(int[] boxes, int at) {
        return boxes[at] / Tile.WIDTH
                | (long) ((boxes[at + 1] - 1) / Tile.WIDTH) << AXIS
                | (long) (boxes[at + 2] / Tile.HEIGHT) << 2 * AXIS
                | (long) ((boxes[at + 3] - 1) / Tile.HEIGHT) << 3 * AXIS;
    }

    private void count(long range, int[] counts) {
        int first = (int) range & MASK;
        int last = (int) (range >>> AXIS) & MASK;
        int lastRow = (int) (range >>> 3 * AXIS);
        for (int y = (int) (range >>> 2 * AXIS) & MASK; y <= lastRow; y++) {
            for (int x = first; x <= last; x++) {
                counts[y * columns + x]++;
            }
        }
    }

    private void place(int source, long range, int[] next) {
        int first = (int) range & MASK;
        int last = (int) (range >>> AXIS) & MASK;
        int lastRow = (int) (range >>> 3 * AXIS);
        for (int y = (int) (range >>> 2 * AXIS) & MASK; y <= lastRow; y++) {
            for (int x = first; x <= last; x++) {
                sources[next[y * columns + x]++] = source;
            }
        }
    }

    private static long total(int[][] counts) {
        long total = 0;
        for (int[] chunk : counts) {
            for (int count : chunk) {
                total += count;
            }
        }
        return total;
    }

    /** Where the list of {@code tile} begins. */
    int start(int tile) {
        return isEverywhere ? 0 : starts[tile];
    }

    /** Where the list of {@code tile} ends. */
    int end(int tile) {
        return starts[tile + 1];
    }

    /** How many tiles a box meets. */
    static int tiles(int x0, int x1, int y0, int y1) {
        return ((x1 - 1) / Tile.WIDTH - x0 / Tile.WIDTH + 1)
                * ((y1 - 1) / Tile.HEIGHT - y0 / Tile.HEIGHT + 1);
    }
}
