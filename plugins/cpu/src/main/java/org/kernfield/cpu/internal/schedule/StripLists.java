package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Queries;

import java.util.Arrays;

/** For each strip of a raster the sources whose boxes meet it, ascending. */
final class StripLists {
    /** Rows of a strip; a constant, for dividing by a variable would take half of the time. */
    static final int HEIGHT = 16;

    /** Sources of a part: parts are counted and written side by side. */
    private static final int PART = 8192;

    /** All lists, one after the other. */
    final int[] sources;

    private final int[] starts;
    private final int[] corners;
    private final int strips;

    /**
     * @param corners boxes of {@code count} sources
     */
    StripLists(Execution execution, int[] corners, int count, Queries.Raster raster) {
        this.corners = corners;
        strips = Math.ceilDiv(raster.height(), HEIGHT);
        int parts = Math.ceilDiv(count, PART);
        // of each part and strip first how many, then where the next one goes
        int[] places = execution.scratch().ints("strip places", (long) strips * parts);
        Arrays.fill(places, 0, strips * parts, 0);
        execution.forEach(parts, part -> count(places, part, count));
        starts = execution.scratch().ints("strip starts", strips + 1L);
        int total = 0;
        for (int s = 0; s < strips; s++) {
            starts[s] = total;
            for (int part = 0; part < parts; part++) {
                int here = places[part * strips + s];
                places[part * strips + s] = total;
                total += here;
            }
        }
        starts[strips] = total;
        sources = execution.scratch().ints("strip sources", total);
        execution.forEach(parts, part -> write(places, part, count));
    }

    private void count(int[] places, int part, int count) {
        int end = Math.min(count, (part + 1) * PART);
        for (int j = part * PART; j < end; j++) {
            int last = lastStrip(j);
            for (int s = corners[4 * j + 2] / HEIGHT; s <= last; s++) {
                places[part * strips + s]++;
            }
        }
    }

    private void write(int[] places, int part, int count) {
        int end = Math.min(count, (part + 1) * PART);
        for (int j = part * PART; j < end; j++) {
            int last = lastStrip(j);
            for (int s = corners[4 * j + 2] / HEIGHT; s <= last; s++) {
                sources[places[part * strips + s]++] = j;
            }
        }
    }

    /** −1 for an empty box. */
    private int lastStrip(int j) {
        int endRow = corners[4 * j + 3];
        return corners[4 * j + 2] < endRow ? (endRow - 1) / HEIGHT : -1;
    }

    int strips() {
        return strips;
    }

    /** Where the list of {@code strip} begins; that of the next one is its end. */
    int start(int strip) {
        return starts[strip];
    }
}
