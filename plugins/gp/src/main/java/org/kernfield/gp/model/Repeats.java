package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.gp.exact.Rows;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.HashMap;

/** Rows of the same inputs, of which a function without noise has one value. */
final class Repeats {
    /** Noise, as a share of the mean variance, that explains no difference. */
    private static final double NEGLIGIBLE = 1e-6;

    private Repeats() {}

    /** How many rows have the inputs of one before them, but other targets. */
    static int contradicting(Observations data) {
        int n = data.rows();
        var first = new HashMap<DoubleBuffer, Integer>(2 * n);
        int count = 0;
        for (int i = 0; i < n; i++) {
            DoubleBuffer inputs = row(data.x(), data.columns(), i);
            Integer before = first.putIfAbsent(inputs, i);
            boolean isOther =
                    before != null
                            && !row(data.y(), data.targets(), i)
                                    .equals(row(data.y(), data.targets(), before));
            count += isOther ? 1 : 0;
        }
        return count;
    }

    private static DoubleBuffer row(double[] values, int width, int row) {
        return DoubleBuffer.wrap(values, row * width, width);
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
