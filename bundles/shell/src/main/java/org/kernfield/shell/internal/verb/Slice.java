package org.kernfield.shell.internal.verb;

import org.kernfield.field.TableTask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line or a plane through the inputs of a field: some vary, the others are held.
 *
 * @param data what was fitted
 * @param varying one or two inputs, from 0
 * @param held a number for each input; those that vary are passed over
 */
record Slice(TableTask data, List<Integer> varying, double[] held) {
    /** Rows count as near where the others are within this many deviations of what is held. */
    private static final double NEAR = 0.5;

    /** Share of the range by which a plot goes beyond the data. */
    private static final double BEYOND = 0.05;

    /** The median of every input. */
    static double[] medians(TableTask data) {
        return IntStream.range(0, data.inputs())
                .mapToDouble(
                        input -> {
                            double[] sorted = column(data, input);
                            Arrays.sort(sorted);
                            int n = sorted.length;
                            return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
                        })
                .toArray();
    }

    private static double[] column(TableTask data, int input) {
        return IntStream.range(0, data.rows())
                .mapToDouble(row -> data.x()[row * data.inputs() + input])
                .toArray();
    }

    /** {@code count} numbers from a little below the least to a little above the largest. */
    double[] range(int which, int count) {
        double[] values = column(data, varying.get(which));
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        double margin = high > low ? BEYOND * (high - low) : Math.max(0.5, Math.abs(low) * 0.1);
        double step = (high - low + 2 * margin) / (count - 1);
        return IntStream.range(0, count).mapToDouble(k -> low - margin + step * k).toArray();
    }

    /** Points of the slice, row-major: the first varying input runs fastest. */
    double[] points(double[]... ranges) {
        int across = ranges[0].length;
        int up = ranges.length == 1 ? 1 : ranges[1].length;
        int d = data.inputs();
        var points = new double[across * up * d];
        for (int k = 0; k < across * up; k++) {
            System.arraycopy(held, 0, points, k * d, d);
            points[k * d + varying.get(0)] = ranges[0][k % across];
            if (ranges.length > 1) {
                points[k * d + varying.get(1)] = ranges[1][k / across];
            }
        }
        return points;
    }

    /** Rows on the slice or near it: those whose other inputs are about what is held. */
    int[] near() {
        var deviations = new double[data.inputs()];
        for (int input = 0; input < deviations.length; input++) {
            deviations[input] = HeldScores.deviation(data.x(), input, data.inputs());
        }
        return IntStream.range(0, data.rows()).filter(row -> isNear(row, deviations)).toArray();
    }

    private boolean isNear(int row, double[] deviations) {
        for (int input = 0; input < deviations.length; input++) {
            double away = data.x()[row * data.inputs() + input] - held[input];
            if (!varying.contains(input) && Math.abs(away) > NEAR * deviations[input]) {
                return false;
            }
        }
        return true;
    }

    double[] near(int input) {
        return Arrays.stream(near())
                .mapToDouble(r -> data.x()[r * data.inputs() + input])
                .toArray();
    }

    double[] nearTargets(int target) {
        return Arrays.stream(near())
                .mapToDouble(r -> data.y()[r * data.outputs() + target])
                .toArray();
    }

    /** What is held, for a title; empty where nothing is. */
    String heldText() {
        var parts = new ArrayList<String>();
        for (int input = 0; input < data.inputs(); input++) {
            if (!varying.contains(input)) {
                parts.add("%s = %.4g".formatted(data.inputNames().get(input), held[input]));
            }
        }
        int shown = 4;
        String more = parts.size() > shown ? ", … (%d held)".formatted(parts.size()) : "";
        return String.join(", ", parts.subList(0, Math.min(shown, parts.size()))) + more;
    }
}
