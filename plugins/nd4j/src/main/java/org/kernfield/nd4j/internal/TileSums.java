package org.kernfield.nd4j.internal;

import java.util.List;

/** Sums into sources: those of each tile of queries, added in the order of the tiles. */
final class TileSums {
    /** Most tiles that are computed before their sums are added. */
    private static final int BATCH = 64;

    private TileSums() {}

    /** Sums of one tile's queries, for some sources. */
    record Share(int[] sources, Sums sums) {}

    /** Sums by component and source; how many tiles are held at a time changes no bits. */
    static Sums of(Job job, int tiles, int width, Job.Making<List<Share>> making) {
        job.take(Sums.bytes(width, job.sources), "sums of kernel " + job.kernel.name());
        var totals = new Sums(width, job.sources);
        int batch = job.atOnce(Math.min(BATCH, tiles), bytesOfTile(job, width));
        for (int first = 0; first < tiles; first += batch) {
            int from = first;
            List<List<Share>> shares =
                    job.ofParts(
                            Math.min(batch, tiles - first),
                            k -> List.of(),
                            (block, part) -> making.in(block, from + part));
            for (List<Share> ofTile : shares) {
                for (Share share : ofTile) {
                    job.resources.cancel().check();
                    add(share, totals);
                }
            }
        }
        return totals;
    }

    /** Where a tile is near all sources: their numbers, found, kept and cut, and their sums. */
    private static long bytesOfTile(Job job, int width) {
        return Sums.bytes(width, job.sources) + 3L * Integer.BYTES * job.sources;
    }

    private static void add(Share share, Sums totals) {
        int[] sources = share.sources();
        for (int r = 0; r < totals.width(); r++) {
            for (int s = 0; s < sources.length; s++) {
                totals.add(r, sources[s], share.sums().get(r, s));
            }
        }
    }
}
