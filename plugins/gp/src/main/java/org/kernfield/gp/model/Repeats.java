package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;

import java.util.Arrays;
import java.util.HashMap;

/** Rows of the same inputs, of which a function without noise has one value. */
final class Repeats {
    /** Noise, as a share of the mean variance, that explains no difference. */
    private static final double NEGLIGIBLE = 1e-6;

    private Repeats() {}

    /**
     * Numbers of one row of a table, which are looked at where they are.
     *
     * @param all the table's, row-major
     * @param from where the row begins
     * @param width numbers of a row
     */
    private record Row(double[] all, int from, int width) {
        private static Row of(double[] all, int width, int row) {
            return new Row(all, row * width, width);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && isSame(row);
        }

        private boolean isSame(Row other) {
            for (int k = 0; k < width; k++) {
                if (all[from + k] != other.all[other.from + k]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (int k = from; k < from + width; k++) {
                // the sum makes −0.0 what it equals, 0.0
                hash = 31 * hash + Double.hashCode(all[k] + 0.0);
            }
            return hash;
        }
    }

    /** How many rows have the inputs of one before them, but other targets. */
    static int contradicting(Observations data, Compute compute) {
        int n = data.rows();
        var first = new HashMap<Row, Integer>(2 * n);
        int count = 0;
        for (int i = 0; i < n; i++) {
            compute.checkCancelled();
            Integer before = first.putIfAbsent(Row.of(data.x(), data.columns(), i), i);
            boolean isOther =
                    before != null
                            && !Row.of(data.y(), data.targets(), i)
                                    .equals(Row.of(data.y(), data.targets(), before));
            count += isOther ? 1 : 0;
        }
        return count;
    }

    /** Whether neither the kernel nor the table allows for noise worth the name. */
    static boolean isWithoutNoise(BoundCovariance k, Observations data, Compute compute) {
        Array x = Array.of(data.columns(), data.x());
        double noise = mean(Rows.noise(k, x, compute));
        noise += data.noise() == null ? 0 : mean(data.noise());
        return noise <= NEGLIGIBLE * mean(Rows.variance(k, x, compute));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
