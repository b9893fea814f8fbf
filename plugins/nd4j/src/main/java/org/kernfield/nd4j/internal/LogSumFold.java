package org.kernfield.nd4j.internal;

import java.util.Arrays;

/** log Σ exp, each sum relative to the largest term so far. */
final class LogSumFold implements Fold {
    private final int width;
    private final double[][] largest;
    private final double[][] sum;

    LogSumFold(int width, int count) {
        this.width = width;
        largest = new double[width][count];
        sum = new double[width][count];
        for (double[] row : largest) {
            Arrays.fill(row, Double.NEGATIVE_INFINITY);
        }
    }

    @Override
    public void dense(Block block, boolean intoSources, int[] rows) {
        var most = new double[block.queries()];
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            for (int q = 0; q < block.queries(); q++) {
                double m = largest[r][q];
                for (int s = 0; s < block.sources(); s++) {
                    m = Math.max(m, x.at(q, s));
                }
                raise(r, q, m);
                most[q] = Double.isInfinite(m) ? 0 : m;
            }
            Values shares = block.shares(r, most);
            for (int q = 0; q < block.queries(); q++) {
                if (!Double.isInfinite(largest[r][q])) {
                    sum[r][q] += shares.sumOfRow(q, block.sources());
                }
            }
        }
    }

    /** Makes the sum relative to a larger term; ∞ outweighs everything, −∞ adds nothing. */
    private void raise(int r, int row, double to) {
        double from = largest[r][row];
        if (Double.isInfinite(to)) {
            sum[r][row] = Double.isNaN(sum[r][row]) ? Double.NaN : to > 0 ? 1 : 0;
        } else if (from != to) {
            sum[r][row] = sum[r][row] == 0 ? 0 : sum[r][row] * Math.exp(from - to);
        }
        largest[r][row] = to;
    }

    @Override
    public void list(Block block, Lanes lanes, int first) {
        for (int r = 0; r < width; r++) {
            Values x = block.result(r);
            for (int k = 0; k < lanes.count(); k++) {
                int row = lanes.owner()[k] - first;
                double term = x.at(0, k);
                raise(r, row, Math.max(largest[r][row], term));
                if (!Double.isInfinite(largest[r][row])) {
                    sum[r][row] += Math.exp(term - largest[r][row]);
                }
            }
        }
    }

    @Override
    public void store(Results results, int[] rows, int count) {
        for (int r = 0; r < width; r++) {
            for (int k = 0; k < count; k++) {
                double s = sum[r][k];
                results.set(rows[k], r, s == 0 ? largest[r][k] : largest[r][k] + Math.log(s));
            }
        }
    }
}
