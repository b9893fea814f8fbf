package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

import java.util.Arrays;

/**
 * An order of sources in which those that follow each other cover pixels near each other, so that
 * pixels are found in cache. Sources that come so already, as those of fits do, are left alone.
 */
final class Arrangement {
    /** Rows and columns of a cell; sources of one cell follow each other. */
    private static final int CELL = 16;

    /** Pixels between successive sources from which they do not count as neighbours. */
    private static final int FAR = 8 * CELL;

    /** Sources below which nobody looks. */
    private static final int FEW = 4096;

    private static final int SAMPLES = 256;

    /** Elements of a part that is moved. */
    private static final int PART = 8192;

    private final Execution execution;
    private final Precision precision;

    /** For each place the number of the source that goes there. */
    private final int[] order;

    private final int count;

    private Arrangement(Execution execution, Precision precision, int[] order, int count) {
        this.execution = execution;
        this.precision = precision;
        this.order = order;
        this.count = count;
    }

    /** Null where the sources may stay as they are. */
    static Arrangement of(Execution execution, Boxes boxes, Precision precision) {
        int count = boxes.count();
        if (count < FEW || areNeighbours(boxes.corners, count)) {
            return null;
        }
        return new Arrangement(execution, precision, order(execution, boxes), count);
    }

    private static boolean areNeighbours(int[] corners, int count) {
        int far = 0;
        for (int k = 0; k < SAMPLES; k++) {
            int j = (int) ((long) k * (count - 1) / SAMPLES);
            int across = Math.abs(corners[4 * j] - corners[4 * j + 4]);
            int down = Math.abs(corners[4 * j + 2] - corners[4 * j + 6]);
            far += across + down > FAR ? 1 : 0;
        }
        return far <= SAMPLES / 2;
    }

    /** Sorted by cells, row of cells by row of cells; stable. */
    private static int[] order(Execution execution, Boxes boxes) {
        int columns = Math.ceilDiv(boxes.width(), CELL) + 1;
        int cells = columns * (Math.ceilDiv(boxes.height(), CELL) + 1);
        int[] places = execution.scratch().ints("arranged cells", cells + 1L);
        Arrays.fill(places, 0, cells + 1, 0);
        int count = boxes.count();
        for (int j = 0; j < count; j++) {
            places[cell(boxes.corners, j, columns) + 1]++;
        }
        for (int c = 0; c < cells; c++) {
            places[c + 1] += places[c];
        }
        int[] order = execution.scratch().ints("arranged order", count);
        for (int j = 0; j < count; j++) {
            order[places[cell(boxes.corners, j, columns)]++] = j;
        }
        return order;
    }

    private static int cell(int[] corners, int j, int columns) {
        return corners[4 * j + 2] / CELL * columns + corners[4 * j] / CELL;
    }

    /** Moves the boxes; gives the pairs with the sources moved likewise. */
    BoundPairs arranged(BoundPairs pairs, Boxes boxes) {
        boxes.arrange(order);
        return new BoundPairs(pairs.in(), arranged(pairs.source()), pairs.uniforms(), pairs.out());
    }

    /** Planes of sources, each arranged in memory of its own. */
    private Object[] arranged(Object[] planes) {
        Object[] moved = Numbers.arrays(precision, planes.length);
        for (int k = 0; k < planes.length; k++) {
            moved[k] = execution.scratch().numbers(precision, "arranged" + k, count);
        }
        forEach(
                planes.length,
                (k, from, to) -> Numbers.gather(planes[k], order, from, to, moved[k]));
        return moved;
    }

    /** Planes over arranged sources, in the order that these came in. */
    Planes restored(Planes planes) {
        int stride = VectorWidth.roundUp(count);
        Object array =
                execution.scratch().numbers(precision, "restored", (long) planes.count() * stride);
        var restored = Planes.consecutive(array, planes.count(), stride);
        forEach(
                planes.count(),
                (k, from, to) -> {
                    Object sums = planes.arrays()[k];
                    int at = planes.offsets()[k];
                    Numbers.scatter(sums, at, order, from, to, array, restored.offsets()[k]);
                });
        return restored;
    }

    private interface Move {
        void run(int plane, int from, int to);
    }

    private void forEach(int planes, Move move) {
        int parts = Math.ceilDiv(count, PART);
        execution.forEach(
                planes * parts,
                k -> {
                    int from = k % parts * PART;
                    move.run(k / parts, from, Math.min(count, from + PART));
                });
    }
}
