package org.kernfield.cpu.internal.linear;

/**
 * A·P = Q·R, the longest remaining column first. Lengths are brought up to date rather than
 * computed anew, as long as that is accurate (Z. Drmač and Z. Bujanović, On the Failure of
 * Rank-Revealing QR Factorization Software, 2008).
 */
final class PivotedHouseholder {
    private static final int COLUMNS_A_PART = 16;
    private static final double CANCELLED = Math.sqrt(Math.ulp(1.0));

    private final Call<double[]> call;

    /** A transposed, so that its columns are rows. */
    private final double[] data;

    private final int m;
    private final int n;
    private final int[] pivots;
    private final double[] tau;
    private final double[] lengths;
    private final double[] known;

    /**
     * @param transposed n × m, row-major; overwritten by R and the vectors, transposed
     */
    PivotedHouseholder(Call<double[]> call, View<double[]> transposed, double[] tau, int[] pivots) {
        this.call = call;
        this.data = transposed.data();
        this.n = transposed.rows();
        this.m = transposed.columns();
        this.tau = tau;
        this.pivots = pivots;
        this.lengths = new double[n];
        this.known = new double[n];
    }

    void factor() {
        for (int j = 0; j < n; j++) {
            pivots[j] = j;
            lengths[j] = Loops.norm(data, j * m, m);
            known[j] = lengths[j];
        }
        for (int k = 0; k < Math.min(m, n); k++) {
            bringLongest(k);
            tau[k] = Reflection.make(data, k * m + k, m - k);
            reflectOthers(k);
        }
    }

    private void bringLongest(int k) {
        int longest = k;
        for (int j = k + 1; j < n; j++) {
            longest = lengths[j] > lengths[longest] ? j : longest;
        }
        if (longest != k) {
            for (int i = 0; i < m; i++) {
                Loops.swap(data, k * m + i, longest * m + i);
            }
            Loops.swap(pivots, k, longest);
            lengths[longest] = lengths[k];
            known[longest] = known[k];
        }
    }

    private void reflectOthers(int k) {
        int from = k * m + k;
        double beta = data[from];
        data[from] = 1;
        int others = n - k - 1;
        call.crew()
                .forEach(
                        (others + COLUMNS_A_PART - 1) / COLUMNS_A_PART,
                        2.0 * others * (m - k),
                        p -> {
                            int first = k + 1 + p * COLUMNS_A_PART;
                            for (int j = first; j < Math.min(first + COLUMNS_A_PART, n); j++) {
                                int x = j * m + k;
                                double sum = Loops.dot(data, from, data, x, m - k);
                                Loops.axpy(-tau[k] * sum, data, from, data, x, m - k);
                                shorten(j, k);
                            }
                        });
        data[from] = beta;
    }

    private void shorten(int j, int k) {
        if (lengths[j] == 0) {
            return;
        }
        double share = Math.abs(data[j * m + k]) / lengths[j];
        double left = Math.max(0, (1 - share) * (1 + share));
        double drop = lengths[j] / known[j];
        if (left * drop * drop <= CANCELLED) {
            lengths[j] = k + 1 < m ? Loops.norm(data, j * m + k + 1, m - k - 1) : 0;
            known[j] = lengths[j];
        } else {
            lengths[j] *= Math.sqrt(left);
        }
    }
}
