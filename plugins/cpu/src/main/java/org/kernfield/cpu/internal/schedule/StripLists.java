package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.memory.Scratch;

/** For each strip of a raster the sources whose boxes meet it, ascending. */
final class StripLists {
    /** All lists, one after the other. */
    final int[] sources;

    private final int[] starts;
    private final int strips;

    StripLists(Scratch scratch, int[] corners, int count, Queries.Raster raster, int height) {
        strips = Math.ceilDiv(raster.height(), height);
        starts = scratch.ints("strip starts", strips + 2L);
        java.util.Arrays.fill(starts, 0, strips + 2, 0);
        for (int j = 0; j < count; j++) {
            if (corners[4 * j + 2] < corners[4 * j + 3]) {
                int last = (corners[4 * j + 3] - 1) / height;
                for (int s = corners[4 * j + 2] / height; s <= last; s++) {
                    starts[s + 2]++;
                }
            }
        }
        for (int s = 2; s <= strips + 1; s++) {
            starts[s] += starts[s - 1];
        }
        sources = scratch.ints("strip sources", starts[strips + 1]);
        for (int j = 0; j < count; j++) {
            if (corners[4 * j + 2] < corners[4 * j + 3]) {
                int last = (corners[4 * j + 3] - 1) / height;
                for (int s = corners[4 * j + 2] / height; s <= last; s++) {
                    sources[starts[s + 1]++] = j;
                }
            }
        }
    }

    int strips() {
        return strips;
    }

    /** Where the list of {@code strip} begins; that of the next one is its end. */
    int start(int strip) {
        return starts[strip];
    }
}
