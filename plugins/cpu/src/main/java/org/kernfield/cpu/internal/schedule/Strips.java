package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Queries;

/**
 * Strips of a raster, and for chunks of sources that follow each other the rows that their boxes
 * meet. Sources come cell by cell, so the chunks that meet a strip hold few sources that do not:
 * lists of those that do would take longer to write than leaving the others out.
 */
final class Strips {
    /**
     * Binary logarithm of a strip's rows at least and at most: boxes are cut at its ends, which
     * costs time, and it should stay in the second cache.
     */
    private static final int LEAST = 4;

    private static final int MOST = 6;

    /** Strips a worker has at least, where they need not be the smallest for that. */
    private static final int SHARE = 4;

    /** Sources of a chunk. */
    private static final int CHUNK = 256;

    /** Chunks of a part. */
    private static final int PART = 32;

    private final Queries.Raster raster;
    private final int sources;
    private final int shift;

    /** First and end row of each chunk's boxes; the end is 0 where all are empty. */
    private final int[] rows;

    /**
     * @param corners boxes of {@code sources} sources
     */
    Strips(Execution execution, int[] corners, int sources, Queries.Raster raster) {
        this.raster = raster;
        this.sources = sources;
        int most = raster.height() / (SHARE * execution.resources().workers().count());
        shift = Math.clamp(31 - Integer.numberOfLeadingZeros(Math.max(1, most)), LEAST, MOST);
        int chunks = Math.ceilDiv(sources, CHUNK);
        rows = execution.scratch().ints("rows of chunks", 2L * chunks);
        execution.forEach(
                Math.ceilDiv(chunks, PART),
                part -> {
                    int end = Math.min(chunks, (part + 1) * PART);
                    for (int chunk = part * PART; chunk < end; chunk++) {
                        look(chunk, corners);
                    }
                });
    }

    private void look(int chunk, int[] corners) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        int end = Math.min(sources, (chunk + 1) * CHUNK);
        for (int j = chunk * CHUNK; j < end; j++) {
            if (corners[4 * j + 2] < corners[4 * j + 3]) {
                first = Math.min(first, corners[4 * j + 2]);
                last = Math.max(last, corners[4 * j + 3]);
            }
        }
        rows[2 * chunk] = first;
        rows[2 * chunk + 1] = last;
    }

    int count() {
        return raster.height() + (1 << shift) - 1 >> shift;
    }

    int firstRow(int strip) {
        return strip << shift;
    }

    int endRow(int strip) {
        return Math.min(raster.height(), strip + 1 << shift);
    }

    /** Sources that follow each other. */
    interface Run {
        void run(int from, int to);
    }

    /** All sources whose boxes meet a strip and some that do not, ascending. */
    void forEach(int strip, Run body) {
        int first = firstRow(strip);
        int end = endRow(strip);
        int begin = -1;
        int chunks = Math.ceilDiv(sources, CHUNK);
        for (int chunk = 0; chunk <= chunks; chunk++) {
            boolean meets = chunk < chunks && rows[2 * chunk] < end && rows[2 * chunk + 1] > first;
            if (meets && begin < 0) {
                begin = chunk * CHUNK;
            } else if (!meets && begin >= 0) {
                body.run(begin, Math.min(sources, chunk * CHUNK));
                begin = -1;
            }
        }
    }
}
