package org.kernfield.shell.internal.verb;

import org.kernfield.shell.internal.Facts;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Table;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a cross-validation came to.
 *
 * @param input what was fitted
 * @param folds in their order, at least one
 */
record CvReport(String input, List<FoldScore> folds) implements Reply {
    CvReport {
        folds = List.copyOf(folds);
    }

    /**
     * A mean over folds with its standard error.
     *
     * @param se deviation of the folds (n − 1) over √n; NaN for a single fold
     */
    record Mean(double mean, double se) {}

    Mean mean(ToDoubleFunction<FoldScore> figure) {
        double[] values = folds.stream().mapToDouble(figure).toArray();
        double n = values.length;
        double mean = java.util.Arrays.stream(values).sum() / n;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Mean(mean, n > 1 ? Math.sqrt(squares / (n - 1) / n) : Double.NaN);
    }

    @Override
    public Map<String, ?> fields() {
        return Facts.map(
                "ok", true,
                "rmse", mean(FoldScore::rmse),
                "nlpd", mean(FoldScore::nlpd),
                "coverage95", mean(FoldScore::coverage95),
                "crps", mean(FoldScore::crps),
                "logMarginal", mean(FoldScore::logMarginal),
                "seconds", mean(FoldScore::seconds),
                "folds", folds);
    }

    @Override
    public String text() {
        var table = new Table("");
        table.row("fold", "rows", "held", "RMSE", "NLPD", "in 95 %", "log marginal", "seconds");
        for (FoldScore fold : folds) {
            table.row(
                    "" + (fold.fold() + 1),
                    "" + fold.rows(),
                    "" + fold.held(),
                    "%.4f".formatted(fold.rmse()),
                    "%.4f".formatted(fold.nlpd()),
                    "%.3f".formatted(fold.coverage95()),
                    Double.isNaN(fold.logMarginal()) ? "" : "%.2f".formatted(fold.logMarginal()),
                    "%.2f".formatted(fold.seconds()));
        }
        return """
        %s
        %s: %d folds, targets in units of their deviation
        RMSE %s, NLPD %s, 95 %% intervals hold %s%s\
        """
                .formatted(
                        table,
                        input,
                        folds.size(),
                        shown(mean(FoldScore::rmse)),
                        shown(mean(FoldScore::nlpd)),
                        shown(mean(FoldScore::coverage95)),
                        warning());
    }

    private String warning() {
        return !(mean(FoldScore::rmse).mean() >= 1)
                ? ""
                : "\nnothing was learnt: the mean of the targets does as well, RMSE 1; try another"
                        + " kernel or other columns";
    }

    private static String shown(Mean mean) {
        return Double.isNaN(mean.se())
                ? "%.4f".formatted(mean.mean())
                : "%.4f ± %.4f".formatted(mean.mean(), mean.se());
    }
}
