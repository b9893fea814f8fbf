package org.kernfield.nd4j.internal;

/** Sums. */
final class SumFold implements Fold {
    private final int width;
    private final int count;

    /** By component, then row. */
    final double[][] sums;

    SumFold(int width, int count) {
        this.width = width;
        this.count = count;
        this.sums = new double[width][count];
    }

    @Override
    public void dense(Block block, boolean intoSources, int[] rows) {
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            if (intoSources) {
                x.addColumns(block.queries(), block.sources(), sums[r]);
            } else {
                for (int q = 0; q < block.queries(); q++) {
                    sums[r][q] += x.sumOfRow(q, block.sources());
                }
            }
        }
    }

    @Override
    public void list(Block block, Lanes lanes, int first) {
        int[] owner = lanes.owner();
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            for (int k = 0; k < lanes.count(); k++) {
                sums[r][owner[k] - first] += x.at(0, k);
            }
        }
    }

    @Override
    public void store(Results results, int[] rows, int rowCount) {
        for (int r = 0; r < width; r++) {
            for (int k = 0; k < Math.min(count, rowCount); k++) {
                results.set(rows[k], r, sums[r][k]);
            }
        }
    }
}
