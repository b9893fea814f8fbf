package org.kernfield.nd4j.internal;

import java.util.Arrays;

/** Maxima and the sources that have them, the lowest at a tie; NaN is above everything. */
final class MaxFold implements Fold {
    private final int width;
    private final double[][] largest;
    private final int[][] source;

    MaxFold(int width, int count) {
        this.width = width;
        largest = new double[width][count];
        source = new int[width][count];
        for (int r = 0; r < width; r++) {
            Arrays.fill(largest[r], Double.NEGATIVE_INFINITY);
            Arrays.fill(source[r], -1);
        }
    }

    private void take(int r, int row, double value, int of) {
        double before = largest[r][row];
        boolean isNaN = Double.isNaN(value);
        boolean above = isNaN ? !Double.isNaN(before) : value > before;
        boolean same = isNaN ? Double.isNaN(before) : value == before;
        if (above || same && of < source[r][row]) {
            largest[r][row] = value;
            source[r][row] = of;
        }
    }

    @Override
    public void dense(Block block, boolean intoSources, int[] rows) {
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            for (int q = 0; q < block.queries(); q++) {
                for (int s = 0; s < block.sources(); s++) {
                    take(r, q, x.at(q, s), rows[s]);
                }
            }
        }
    }

    @Override
    public void list(Block block, Lanes lanes, int first) {
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            for (int k = 0; k < lanes.count(); k++) {
                take(r, lanes.owner()[k] - first, x.at(0, k), lanes.source()[k]);
            }
        }
    }

    /** The sources follow the maxima, as components of their own. */
    @Override
    public void store(Results results, int[] rows, int count) {
        for (int r = 0; r < width; r++) {
            for (int k = 0; k < count; k++) {
                results.set(rows[k], r, largest[r][k]);
                results.set(rows[k], width + r, source[r][k]);
            }
        }
    }
}
