package org.kernfield.gp.model;

import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Hyperparameter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What is to be said of the columns of inputs: which tell nothing, and which tell most. */
final class ColumnHealth {
    /** Standardised values of a column that does not change but for rounding. */
    private static final double CONSTANT = 1e-12;

    private final Problem problem;

    ColumnHealth(Problem problem) {
        this.problem = problem;
    }

    /** A warning where columns do not change from row to row. */
    List<String> constant() {
        if (IntStream.of(problem.rows()).distinct().count() == 1) {
            return List.of();
        }
        double[] x = problem.data().x();
        int width = problem.data().columns();
        List<String> names =
                IntStream.range(0, problem.task().inputs())
                        .filter(
                                column ->
                                        IntStream.range(0, x.length / width)
                                                .allMatch(
                                                        i ->
                                                                Math.abs(x[i * width + column])
                                                                        < CONSTANT))
                        .mapToObj(problem.task().inputNames()::get)
                        .toList();
        return switch (names.size()) {
            case 0 -> List.of();
            case 1 -> List.of("column " + names.getFirst() + " does not change and tells nothing");
            default ->
                    List.of("columns " + Lists.joined(names) + " do not change and tell nothing");
        };
    }

    /** A line for each hyper-parameter with a length scale for each of several columns. */
    List<String> ranking(BoundCovariance k) {
        var lines = new ArrayList<String>();
        for (Hyperparameter h : k.hyperparameters()) {
            List<String> columns = k.columns(h.name());
            if (columns.size() > 1 && h.name().endsWith("_lengthscale")) {
                List<String> ranked =
                        IntStream.range(0, columns.size())
                                .boxed()
                                .sorted(Comparator.comparingDouble(c -> h.values().get(c)))
                                .map(
                                        c ->
                                                String.format(
                                                        Locale.ROOT,
                                                        "%s %.3g",
                                                        columns.get(c),
                                                        h.values().get(c)))
                                .toList();
                lines.add(h.name() + " in deviations, most telling first: " + Lists.joined(ranked));
            }
        }
        return lines;
    }
}
