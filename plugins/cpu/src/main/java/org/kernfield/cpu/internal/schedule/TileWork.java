package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.CancelToken;
import org.kernfield.cpu.internal.code.BlendCode;
import org.kernfield.cpu.internal.code.Fold;
import org.kernfield.cpu.internal.code.Tile;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

/** What one thread needs to work on one tile after the other. */
final class TileWork {
    /** Sources at a time. */
    private static final int BATCH = 64;

    private final Layers layers;
    private final BlendCode code;
    private final Planes in;
    private final Object uniforms;
    private final Object planes;
    private final int[] records = new int[BATCH];
    private final long[] blocks = new long[BATCH];
    private final int[] places = new int[BATCH];
    private final Object lanes;
    private final int terms;
    private final NearestFirst sorter = new NearestFirst();
    private int tile;
    private int column;
    private int row;
    private int columns;
    private int rows;

    /** Blocks that are not done. */
    private long open;

    TileWork(Layers layers, BlendCode code, Planes in, Object uniforms, int planes) {
        var precision = layers.blend.kernel.precision();
        this.layers = layers;
        this.code = code;
        this.in = in;
        this.uniforms = uniforms;
        this.planes = Numbers.array(precision, planes * Tile.PLANE);
        this.terms = layers.blend.plan.pairs.sourceTerms.size();
        this.lanes = Numbers.array(precision, BATCH * terms * layers.shape.lanes);
    }

    /** Turns to a tile that nothing lies over yet; what is off the raster counts as done. */
    void begin(int number) {
        tile = number;
        column = number % layers.lists.columns * Tile.WIDTH;
        row = number / layers.lists.columns * Tile.HEIGHT;
        columns = Math.min(Tile.WIDTH, layers.raster.width() - column);
        rows = Math.min(Tile.HEIGHT, layers.raster.height() - row);
        open = layers.shape.blocks(0, columns, 0, rows);
        Numbers.fill(planes, 0, Tile.PLANE, -1);
        for (int y = 0; y < rows; y++) {
            Numbers.fill(planes, y * Tile.WIDTH, y * Tile.WIDTH + columns, 1);
        }
    }

    /** Fills planes from {@code plane} on with zeros. */
    void clear(int plane) {
        Numbers.fill(planes, plane * Tile.PLANE, Numbers.length(planes), 0);
    }

    /** Where sums of a pair of a source and a tile go. */
    interface Places {
        int of(int source, int tile);
    }

    /**
     * Takes the tile's sources, nearest first, until all pixels are done.
     *
     * @param places null when no sums are taken
     */
    void blend(CancelToken cancel, Object sums, Places places) {
        layers.lists.order(tile, sorter);
        int end = layers.lists.end(tile);
        int next = layers.lists.start(tile);
        while (next < end && open != 0) {
            cancel.check();
            int count = 0;
            for (; next < end && count < BATCH; next++) {
                int source = (int) layers.lists.entries[next];
                long seen = open & layers.blocks(source, column, row, columns, rows);
                if (seen != 0) {
                    blocks[count] = seen;
                    records[count] = source * layers.width;
                    if (places != null) {
                        this.places[count] = places.of(source, tile);
                    }
                    count++;
                }
            }
            code.run(
                    in.arrays(),
                    in.offsets(),
                    layers.records,
                    records,
                    blocks,
                    count,
                    uniforms,
                    planes,
                    column,
                    row,
                    rows,
                    layers.raster.width(),
                    lanes);
            for (int k = 0; k < count && places != null; k++) {
                fold(k, sums, this.places[k]);
            }
            open = stillOpen();
        }
    }

    /** Adds the lanes of a source's sums to its place. */
    private void fold(int source, Object sums, int place) {
        int width = layers.shape.lanes;
        for (int t = 0; t < terms; t++) {
            Fold.add(lanes, (source * terms + t) * width, width, sums, place + t);
        }
    }

    private long stillOpen() {
        long still = open;
        for (long left = open; left != 0; left &= left - 1) {
            if (isDone(layers.shape.start(Long.numberOfTrailingZeros(left)))) {
                still &= ~(left & -left);
            }
        }
        return still;
    }

    /** Whether all pixels of the block that starts there are done. */
    private boolean isDone(int start) {
        for (int y = 0; y < layers.shape.rows; y++) {
            for (int i = start + y * Tile.WIDTH;
                    i < start + y * Tile.WIDTH + layers.shape.lanes;
                    i++) {
                if (!(Numbers.get(planes, i) < 0)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Copies plane {@code plane} of the tile out; the transmittance without its mark. */
    void read(int plane, Planes to, int k) {
        for (int y = 0; y < rows; y++) {
            int from = plane * Tile.PLANE + y * Tile.WIDTH;
            int at = to.offsets()[k] + (row + y) * layers.raster.width() + column;
            if (plane == 0) {
                Numbers.magnitudes(planes, from, to.arrays()[k], at, columns);
            } else {
                System.arraycopy(planes, from, to.arrays()[k], at, columns);
            }
        }
    }

    /** Copies plane {@code k} of {@code from} into plane {@code plane} of the tile. */
    void write(int plane, Planes from, int k) {
        for (int y = 0; y < rows; y++) {
            System.arraycopy(
                    from.arrays()[k],
                    from.offsets()[k] + (row + y) * layers.raster.width() + column,
                    planes,
                    plane * Tile.PLANE + y * Tile.WIDTH,
                    columns);
        }
    }

    /** Subtracts the product of two planes from plane {@code plane} of the tile. */
    void subtractProduct(int plane, Planes a, Planes b, int k) {
        for (int y = 0; y < rows; y++) {
            int first = (row + y) * layers.raster.width() + column;
            Numbers.subtractProducts(
                    a.arrays()[k],
                    a.offsets()[k] + first,
                    b.arrays()[k],
                    b.offsets()[k] + first,
                    planes,
                    plane * Tile.PLANE + y * Tile.WIDTH,
                    columns);
        }
    }
}
