package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Queries;

import java.util.Arrays;

/** For each strip of a raster the sources whose boxes meet it, ascending. */
final class StripLists {
    /**
     * Binary logarithm of a strip's rows at least and at most: boxes are cut at its ends, which
     * costs time, and it should stay in the second cache.
     */
    private static final int LEAST = 4;

    private static final int MOST = 6;

    /** Strips a worker has at least, where they need not be the smallest for that. */
    private static final int SHARE = 4;

    /** Sources of a part: parts are counted and written side by side. */
    private static final int PART = 8192;

    /** All lists, one after the other. */
    final int[] sources;

    private final int[] starts;
    private final int shift;
    private final int[] corners;
    private final int strips;

    /**
     * @param corners boxes of {@code count} sources
     */
    StripLists(Execution execution, int[] corners, int count, Queries.Raster raster) {
        this.corners = corners;
        int rows = raster.height() / (SHARE * execution.resources().workers().count());
        shift = Math.clamp(31 - Integer.numberOfLeadingZeros(Math.max(1, rows)), LEAST, MOST);
        strips = Math.ceilDiv(raster.height(), 1 << shift);
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
            for (int s = corners[4 * j + 2] >> shift; s <= last; s++) {
                places[part * strips + s]++;
            }
        }
    }

    private void write(int[] places, int part, int count) {
        int end = Math.min(count, (part + 1) * PART);
        for (int j = part * PART; j < end; j++) {
            int last = lastStrip(j);
            for (int s = corners[4 * j + 2] >> shift; s <= last; s++) {
                sources[places[part * strips + s]++] = j;
            }
        }
    }

    /** −1 for an empty box. */
    private int lastStrip(int j) {
        int endRow = corners[4 * j + 3];
        return corners[4 * j + 2] < endRow ? endRow - 1 >> shift : -1;
    }

    /** Rows of a strip. */
    int height() {
        return 1 << shift;
    }

    int strips() {
        return strips;
    }

    /** Where the list of {@code strip} begins; that of the next one is its end. */
    int start(int strip) {
        return starts[strip];
    }
}
