package org.kernfield.gp.kde;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;

import java.util.Arrays;
import java.util.Map;

/**
 * What the density at a row is a sum of. In many dimensions a bandwidth may be so small that one
 * term is most of the sum (its fluctuations are those of an extreme value), or so large that very
 * many count alike (those of a normal variable, but what is small is smoothed away); between them
 * the sum is ruled by a few. With w_j the terms without the row's own, the number that count is the
 * participation ratio (Σw)²/Σw².
 *
 * <p>Source of the three regimes: G. Biroli, M. Mézard, Kernel density estimators in large
 * dimensions (2024). The thresholds are ours: the median row's largest share of a half, and a
 * participation ratio of 30, the usual size from which sums count as normal.
 *
 * @param participation median over the rows of (Σw)²/Σw²
 * @param largestShare median over the rows of max w/Σw
 */
record Regime(double participation, double largestShare) {
    private static final double ONE_RULES = 0.5;
    private static final double MANY = 30;

    static Regime of(double[] points, double[] bandwidths, Compute compute) {
        int d = bandwidths.length;
        double[] rates = Arrays.stream(bandwidths).map(h -> 1 / h).toArray();
        try (var sample = new Sample(points, d, compute);
                Buffer logs = sample.column();
                Buffer twice = sample.column();
                Buffer largest = sample.column();
                Buffer source =
                        compute.allocate(org.kernfield.backend.ElementType.I32, sample.rows(), 1)) {
            Args args = sample.args(rates);
            compute.run(
                    Reduction.logSumExp(DensityKernels.squares(d), Neighbourhood.ALL),
                    args,
                    Map.of(DensityKernels.VALUE, logs, DensityKernels.TWICE, twice));
            compute.run(
                    Reduction.max(DensityKernels.others(d), Neighbourhood.ALL),
                    args,
                    Map.of(
                            DensityKernels.VALUE,
                            largest,
                            Reduction.ARG + DensityKernels.VALUE,
                            source));
            double[] sum = Sample.read(logs, 1);
            double[] squares = Sample.read(twice, 1);
            double[] most = Sample.read(largest, 1);
            for (int i = 0; i < sum.length; i++) {
                squares[i] = Math.exp(2 * sum[i] - squares[i]);
                most[i] = Math.exp(most[i] - sum[i]);
            }
            return new Regime(median(squares), median(most));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }

    /** Its name: {@code extreme value}, {@code few terms} or {@code central limit}. */
    String label() {
        return largestShare >= ONE_RULES
                ? "extreme value"
                : participation < MANY ? "few terms" : "central limit";
    }

    /** A line for people. */
    String line() {
        String counts = "%.3g neighbours count at the median row, the nearest for %.0f %%";
        String remark =
                switch (label()) {
                    case "extreme value" ->
                            "one neighbour rules, the density is spiky; use more rows, fewer"
                                    + " columns or a larger bandwidth";
                    case "few terms" -> "a few rule, which is where the estimate is sharpest";
                    default -> "many count alike, so that the estimate is smooth and stable";
                };
        return "regime %s: %s; %s"
                .formatted(label(), counts.formatted(participation, 100 * largestShare), remark);
    }
}
