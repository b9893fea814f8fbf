package org.kernfield.nd4j.internal;

/** Maps, and totals over rows alone. */
final class RowWalk {
    private RowWalk() {}

    /** Writes the values of each row. */
    static void map(Job job, Results results) {
        eachBlock(
                job,
                (block, part, lanes) -> {
                    for (int r = 0; r < results.width(); r++) {
                        Values x = block.result(r);
                        for (int k = 0; k < lanes.count(); k++) {
                            results.set(lanes.query()[k], r, x.at(0, k));
                        }
                    }
                });
    }

    /** Writes the sum of all rows. */
    static void total(Job job, Results results) {
        int width = results.width();
        var ofParts = new double[parts(job)][width];
        eachBlock(
                job,
                (block, part, lanes) -> {
                    for (int r = 0; r < width; r++) {
                        ofParts[part][r] = block.result(r).sumOfRow(0, lanes.count());
                    }
                });
        var total = new Sums(width, 1);
        for (int r = 0; r < width; r++) {
            for (double[] ofPart : ofParts) {
                total.add(r, 0, ofPart[r]);
            }
            results.set(0, r, total.get(r, 0));
        }
    }

    private interface Action {
        void take(Block block, int part, Lanes lanes);
    }

    private static int parts(Job job) {
        return Math.ceilDiv(job.queries, job.pairs());
    }

    private static void eachBlock(Job job, Action action) {
        int size = Math.min(job.pairs(), Math.max(1, job.queries));
        job.blocks(1, size, parts(job));
        job.inParts(
                parts(job),
                (block, part) -> {
                    var lanes = new Lanes(size);
                    for (int i = part * size; i < Math.min(job.queries, (part + 1) * size); i++) {
                        lanes.add(i, i, 0, i);
                    }
                    block.list(lanes);
                    action.take(block, part, lanes);
                });
    }
}
