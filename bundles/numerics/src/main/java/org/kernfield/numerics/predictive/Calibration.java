package org.kernfield.numerics.predictive;

import java.util.ArrayList;
import java.util.List;

/**
 * How good normal predictions of numbers are that were not looked at, and whether their error bars
 * are as wide as they should be. Scores as in Gneiting and Raftery, Strictly proper scoring rules,
 * prediction, and estimation, 2007.
 *
 * @param count rows that have a label
 * @param rmse root of the mean squared error, in units of the scale
 * @param nlpd mean negative log density of a label that is divided by the scale, in nats
 * @param crps mean continuous ranked probability score, in units of the scale
 * @param coverage50 share of labels within the central interval that should hold half of them
 * @param coverage95 share of labels within the central interval that should hold 95 %
 * @param pit how many labels lie in each tenth of their own prediction's distribution; all alike
 *     where predictions are right
 * @param pitDistance largest difference between the share of labels below a quantile and that
 *     quantile (Kolmogorov)
 */
public record Calibration(
        int count,
        double rmse,
        double nlpd,
        double crps,
        double coverage50,
        double coverage95,
        List<Integer> pit,
        double pitDistance) {
    private static final int TENTHS = 10;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** Labels from which on shares of them say something. */
    private static final int FEW = 20;

    /** The bounds of chance in words leave out one case in a hundred. */
    private static final double CHANCE = Normal.quantile(0.995);

    /** What the distance exceeds by chance once in a hundred, times √n (Kolmogorov's limit). */
    private static final double KOLMOGOROV = 1.628;

    public Calibration {
        pit = List.copyOf(pit);
    }

    /**
     * Compares predictions with labels, all in one unit.
     *
     * @param labels n; NaN where there is none, which leaves the row out
     * @param means n
     * @param variances n, of labels, noise included; where one is 0, a label that is missed by
     *     anything makes {@code nlpd} infinite
     * @param scale unit of the figures, for example the deviation of the labels fitted
     * @throws IllegalArgumentException if there is no label or a variance is below 0 or NaN
     */
    public static Calibration of(
            double[] labels, double[] means, double[] variances, double scale) {
        var sums = new Sums(labels.length);
        for (int row = 0; row < labels.length; row++) {
            if (!Double.isNaN(labels[row])) {
                if (!(variances[row] >= 0)) {
                    throw new IllegalArgumentException(
                            "row %d: a variance of %s; use one of 0 or more"
                                    .formatted(row + 1, variances[row]));
                }
                sums.add((labels[row] - means[row]) / scale, Math.sqrt(variances[row]) / scale);
            }
        }
        if (sums.count == 0) {
            throw new IllegalArgumentException("labels: there is none; give at least one");
        }
        return sums.calibration();
    }

    /** What a row adds. */
    private static final class Sums {
        private static final double HALF = Normal.quantile(0.75);
        private static final double MOST = Normal.quantile(0.975);

        private final int[] tenths = new int[TENTHS];
        private final double[] places;
        private int count;
        private int inHalf;
        private int inMost;
        private double squares;
        private double logs;
        private double ranked;

        Sums(int rows) {
            places = new double[rows];
        }

        void add(double error, double deviation) {
            double z = deviation > 0 || error != 0 ? error / deviation : 0;
            double place = Normal.cumulative(z);
            squares += error * error;
            logs +=
                    Double.isInfinite(z)
                            ? Double.POSITIVE_INFINITY
                            : HALF_LOG_TWO_PI + Math.log(deviation) + z * z / 2;
            ranked += deviation > 0 ? deviation * crps(z, place) : Math.abs(error);
            inHalf += Math.abs(z) <= HALF ? 1 : 0;
            inMost += Math.abs(z) <= MOST ? 1 : 0;
            tenths[Math.min((int) (place * TENTHS), TENTHS - 1)]++;
            places[count++] = place;
        }

        /** In deviations: z·(2Φ(z) − 1) + 2φ(z) − 1/√π. */
        private static double crps(double z, double place) {
            return z * (2 * place - 1) + 2 * Normal.density(z) - 1 / Math.sqrt(Math.PI);
        }

        Calibration calibration() {
            double n = count;
            return new Calibration(
                    count,
                    Math.sqrt(squares / n),
                    logs / n,
                    ranked / n,
                    inHalf / n,
                    inMost / n,
                    java.util.Arrays.stream(tenths).boxed().toList(),
                    distance());
        }

        private double distance() {
            java.util.Arrays.sort(places, 0, count);
            double largest = 0;
            for (int k = 0; k < count; k++) {
                double above = (k + 1.0) / count - places[k];
                double below = places[k] - (double) k / count;
                largest = Math.max(largest, Math.max(above, below));
            }
            return largest;
        }
    }

    /** Whether the distance is more than chance explains in 99 of 100 cases. */
    public boolean isOff() {
        return pitDistance * Math.sqrt(count) > KOLMOGOROV;
    }

    /** What it means, in plain words. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(
                "error bars: 95 %% intervals hold %.1f %% of %,d labels, half intervals %.1f %%%s"
                        .formatted(100 * coverage95, count, 100 * coverage50, verdict()));
        lines.add(
                "labels in each tenth of their predictions: "
                        + String.join(" ", pit.stream().map(Object::toString).toList())
                        + (isOff()
                                        ? ", which chance does not explain (distance %.3f)"
                                        : ", as even as chance has it (distance %.3f)")
                                .formatted(pitDistance));
        return lines;
    }

    private String verdict() {
        if (count < FEW) {
            return ": too few labels to tell whether they are right";
        }
        double most = surplus(coverage95, 0.95);
        double half = surplus(coverage50, 0.5);
        if (Math.min(most, half) < -1) {
            return ": too narrow, do not rely on them";
        }
        return Math.max(most, half) > 1 ? ": wider than need be" : ": as wide as they should be";
    }

    /** By how much more an interval holds than it should, in units of what chance explains. */
    private double surplus(double held, double wanted) {
        double spread = CHANCE * Math.sqrt(wanted * (1 - wanted) / count) + 0.5 / count;
        return (held - wanted) / spread;
    }
}
