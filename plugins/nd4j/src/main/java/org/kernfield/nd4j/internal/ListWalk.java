package org.kernfield.nd4j.internal;

import java.util.function.IntFunction;

/** The pairs of lists, a grid or a stencil, packed side by side into blocks. */
final class ListWalk {
    /** Pairs of a part, about. */
    private static final long PART = 1 << 17;

    private ListWalk() {}

    /**
     * Gathers rows of results.
     *
     * @param folding makes what gathers so many rows
     */
    static void gather(Job job, Pairs pairs, int rows, IntFunction<Fold> folding, Results results) {
        int group = group(pairs);
        int parts = Math.ceilDiv(rows, group);
        job.blocks(1, job.pairs(), parts);
        job.inParts(
                parts,
                (block, part) -> {
                    int first = part * group;
                    int count = Math.min(group, rows - first);
                    Fold fold = folding.apply(count);
                    var lanes = new Lanes(job.pairs());
                    for (int row = first; row < Math.min(pairs.rows(), first + count); row++) {
                        int owner = row;
                        pairs.each(
                                row,
                                (query, source, entry) -> {
                                    lanes.add(owner, query, source, entry);
                                    if (lanes.isFull()) {
                                        flush(block, lanes, fold, first);
                                    }
                                });
                    }
                    flush(block, lanes, fold, first);
                    fold.store(results, Job.range(first, count), count);
                });
    }

    private static int group(Pairs pairs) {
        long ofRow = Math.max(1, pairs.total() / Math.max(1, pairs.rows()));
        return (int) Math.clamp(PART / ofRow, 1, PART);
    }

    private static void flush(Block block, Lanes lanes, Fold fold, int first) {
        if (lanes.count() > 0) {
            block.list(lanes);
            fold.list(block, lanes, first);
            lanes.clear();
        }
    }
}
