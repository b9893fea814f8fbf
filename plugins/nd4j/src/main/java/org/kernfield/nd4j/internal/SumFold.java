package org.kernfield.nd4j.internal;

/** Sums. */
final class SumFold implements Fold {
    /** Queries whose terms are added one by one. */
    private static final int STRETCH = 64;

    private final int width;
    private final int count;
    private final Sums sums;

    SumFold(int width, int count) {
        this.width = width;
        this.count = count;
        this.sums = new Sums(width, count);
    }

    /** Of the rows so far. */
    Sums sums() {
        return sums;
    }

    @Override
    public void dense(Block block, boolean intoSources, int[] rows) {
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            if (intoSources) {
                addColumns(r, x, block.queries(), block.sources());
            } else {
                for (int q = 0; q < block.queries(); q++) {
                    sums.add(r, q, x.sumOfRow(q, block.sources()));
                }
            }
        }
    }

    /** Some queries at a time, so that few numbers are added one by one. */
    private void addColumns(int r, Values x, int queries, int sources) {
        for (int from = 0; from < queries; from += STRETCH) {
            var some = new double[sources];
            x.addColumns(from, Math.min(queries, from + STRETCH), sources, some);
            for (int s = 0; s < sources; s++) {
                sums.add(r, s, some[s]);
            }
        }
    }

    @Override
    public void list(Block block, Lanes lanes, int first) {
        int[] owner = lanes.owner();
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            for (int k = 0; k < lanes.count(); k++) {
                sums.add(r, owner[k] - first, x.at(0, k));
            }
        }
    }

    @Override
    public void store(Results results, int[] rows, int rowCount) {
        for (int r = 0; r < width; r++) {
            for (int k = 0; k < Math.min(count, rowCount); k++) {
                results.set(rows[k], r, sums.get(r, k));
            }
        }
    }
}
