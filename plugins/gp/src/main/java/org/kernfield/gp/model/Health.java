package org.kernfield.gp.model;

import org.kernfield.field.Compute;
import org.kernfield.field.Report;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Hyperparameter;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Posterior;
import org.kernfield.gp.exact.StudentT;
import org.kernfield.gp.exact.Tails;
import org.kernfield.gp.iterative.MatrixFreeSolve;
import org.kernfield.gp.iterative.NearestVariance;
import org.kernfield.gp.iterative.Polish;
import org.kernfield.gp.iterative.VarianceSearch;
import org.kernfield.numerics.predictive.Calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is to be said of a fit, in words and figures; for one report. */
final class Health {
    /** A condition from which variances have few digits left. */
    private static final double ILL = 1e12;

    /** Deviations from which a row is worth a look: one in 16,000 of a normal distribution. */
    private static final double SURPRISE = 4;

    private static final int MOST_ROWS = 8;

    /** How near the end of its range a hyper-parameter counts as there, relative. */
    private static final double END = 1e-3;

    private final Problem problem;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final LinkedHashMap<String, Double> figures = new LinkedHashMap<>();

    Health(Problem problem) {
        this.problem = problem;
    }

    /** Of a fit by the factor of the whole matrix. */
    Report of(Posterior posterior, LeaveOneOut others, double logMarginal) {
        figures.put("logMarginal", logMarginal);
        matrix(posterior);
        calibration(others, IntStream.range(0, problem.data().rows()).toArray());
        return of(posterior.k());
    }

    /**
     * Of a fit by conjugate gradients.
     *
     * @param chosen rows that were told from their nearest
     */
    Report of(
            BoundCovariance k,
            MatrixFreeSolve solve,
            LeaveOneOut others,
            int[] chosen,
            double logMarginal) {
        figures.put("logMarginal", logMarginal);
        figures.put("residual", solve.residual());
        figures.put("iterations", (double) solve.iterations());
        lines.add(
                text(
                        "conjugate gradients: residual %.1e in float64 after %d iterations",
                        solve.residual(), solve.iterations()));
        figures.put("condition", solve.condition());
        lines.add(
                text(
                        "condition of the covariance matrix: about %.1e, by the random vectors",
                        solve.condition()));
        jitter(solve.jitter());
        lines.add(
                text(
                        "variances given the %d rows that tell most of a point, never too small",
                        NearestVariance.NEIGHBOURS));
        calibration(others, chosen);
        return of(k);
    }

    /** Of a Student-t process, before the rest. */
    void tails(Tails tails, StudentT process) {
        figures.put("degrees", tails.degrees());
        String factors =
                Arrays.stream(tails.scales())
                        .mapToObj(scale -> text("%.3g", Math.sqrt(scale)))
                        .collect(Collectors.joining(", "));
        boolean isGaussian =
                process.least() < process.most() && tails.degrees() > process.most() * (1 - END);
        lines.add(
                text("Student-t process of %.4g degrees of freedom", tails.degrees())
                        + (isGaussian ? ", which is a Gaussian process" : "")
                        + "; deviations are those of a Gaussian process times "
                        + factors);
        if (isGaussian && tails.scales().length == 1) {
            warnings.add(
                    "degrees of freedom went to the most there are: one target whose kernel has a"
                            + " free scale cannot tell them; set degrees, for example 5, for the"
                            + " error bars of heavier tails");
        }
    }

    /**
     * How hyper-parameters were looked for, before the rest.
     *
     * @param done how much of it, 0 to 1
     * @param rows that they are from
     */
    void search(int evaluations, double done, int rows) {
        figures.put("evaluations", (double) evaluations);
        figures.put("searched", done);
        figures.put("searchedRows", (double) rows);
        if (done < 1) {
            warnings.add(
                    text(
                            "the search was cut off after %d %s: the hyper-parameters are not the"
                                    + " best; give more seconds",
                            evaluations, evaluations == 1 ? "evaluation" : "evaluations"));
        }
        if (rows < problem.data().rows()) {
            lines.add(text("hyper-parameters from %,d of %,d rows", rows, problem.data().rows()));
        }
    }

    /** What the search for noise and scales came to, before the rest. */
    void variances(VarianceSearch search) {
        if (search.names().isEmpty()) {
            return;
        }
        figures.put("varianceGain", search.gain());
        String names = String.join(", ", search.names());
        if (!search.isDone()) {
            warnings.add(text("%s: not at their best yet; give more seconds", names));
        }
        String came =
                !search.isStartScored()
                        ? "nothing could be told before"
                        : search.gain() == 0
                                ? "as good as they were"
                                : text("log density of a label raised by %.3g", search.gain());
        lines.add(
                text(
                        "%s by %,d rows told from their nearest among all: %s",
                        names, search.rows(), came));
    }

    /** What steps by all rows came to, before the rest. */
    void polish(Polish polish) {
        int taken = polish.taken();
        figures.put("polishSteps", (double) taken);
        figures.put("polishGain", polish.gain());
        polish.refusal()
                .ifPresent(
                        why ->
                                warnings.add(
                                        text(
                                                "polishing ended after %d of %s: %s",
                                                taken,
                                                Lists.counted(polish.steps(), "step"),
                                                why)));
        if (taken > 0) {
            lines.add(
                    text(
                            "%s by all rows raised the log marginal likelihood by about %.3g",
                            Lists.counted(taken, "step"), polish.gain()));
        }
    }

    /** Steps that were asked for and mean nothing, since the search looks at all rows. */
    void leftUnpolished(int steps) {
        lines.add(
                text(
                        "polish = %d was left out: up to %,d rows the search looks at all of them",
                        steps, GpFit.EXACT));
    }

    /** Rows that contradict each other; they are looked for where the kernel has no noise. */
    void repeats(BoundCovariance k, Compute compute) {
        if (!Repeats.isWithoutNoise(k, problem.data(), compute)) {
            return;
        }
        int contradicting = Repeats.contradicting(problem.data(), compute);
        figures.put("contradictingRows", (double) contradicting);
        if (contradicting > 0) {
            warnings.add(
                    text(
                            "%,d %s the inputs of another but not its targets, which a kernel"
                                    + " without noise cannot explain; add + white",
                            contradicting, contradicting == 1 ? "row has" : "rows have"));
        }
    }

    /** Something that did not go as it should have. */
    void warn(String sentence) {
        warnings.add(sentence);
    }

    private Report of(BoundCovariance k) {
        figures.put("rows", (double) problem.data().rows());
        lines.addFirst("kernel: " + Lists.shortened(k.toString()));
        if (!problem.isTold()) {
            warnings.add(
                    "one row does not tell how targets vary: the kernel is as it was given, in"
                            + " units of the target's size");
        }
        targets();
        var columns = new ColumnHealth(problem);
        warnings.addAll(columns.constant());
        lines.addAll(columns.ranking(k));
        correlations(k);
        ends(k);
        lines.addAll(new Gaps(problem).lines());
        var all = new ArrayList<>(warnings);
        all.addAll(lines);
        return new Report(all, figures);
    }

    private void matrix(Posterior posterior) {
        figures.put("condition", posterior.condition());
        String condition = text("condition of the covariance matrix: %.1e", posterior.condition());
        if (posterior.condition() > ILL) {
            warnings.add(condition + ", so that few digits of variances hold; more noise helps");
        } else {
            lines.add(condition);
        }
        jitter(posterior.jitter());
    }

    private void jitter(double added) {
        figures.put("jitter", added);
        if (added > 0) {
            warnings.add(text("jitter of %.1e on the diagonal", added));
        } else {
            lines.add("no jitter was needed");
        }
    }

    private void calibration(LeaveOneOut others, int[] numbers) {
        int p = problem.data().targets();
        double[] residual = others.residual();
        double[] variance = others.variance();
        var scores = Calibration.of(residual, new double[residual.length], variance, 1);
        figures.put("looRmse", scores.rmse());
        figures.put("looNlpd", scores.nlpd());
        figures.put("looCoverage95", scores.coverage95());
        figures.put("looPitDistance", scores.pitDistance());
        lines.add(text("each row told from the others: error %.3g deviations", scores.rmse()));
        var z = new double[variance.length];
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.abs(others.residual()[k]) / Math.sqrt(variance[k]);
        }
        List<Integer> surprising =
                IntStream.range(0, z.length)
                        .filter(k -> z[k] > SURPRISE)
                        .boxed()
                        .sorted(Comparator.comparingDouble(k -> -z[k]))
                        .toList();
        figures.put("surprisingRows", (double) surprising.size());
        if (!surprising.isEmpty()) {
            warnings.add(
                    "rows that the others do not lead to expect: "
                            + surprising.stream()
                                    .limit(MOST_ROWS)
                                    .map(k -> row(numbers[k / p], z[k]))
                                    .collect(Collectors.joining(", "))
                            + (surprising.size() > MOST_ROWS ? ", …" : ""));
        }
        (scores.isOff() ? warnings : lines).addAll(scores.lines());
    }

    private String row(int row, double z) {
        return text("%d (%.1f deviations)", problem.rows()[row] + 1, z);
    }

    /** Of several targets, those whose labels do not tell in which units errors count. */
    private void targets() {
        int p = problem.task().outputs();
        double[] y = problem.task().y();
        for (int t = 0; t < p && p > 1; t++) {
            int target = t;
            long different =
                    IntStream.range(0, y.length / p)
                            .mapToDouble(i -> y[i * p + target])
                            .filter(label -> !Double.isNaN(label))
                            .distinct()
                            .limit(2)
                            .count();
            if (different < 2) {
                warnings.add(
                        text(
                                "%s: its labels do not tell how it varies: its error bars are in"
                                        + " units of %.4g, and it tells the others' noise; fit it"
                                        + " apart",
                                problem.task().targetNames().get(t),
                                problem.units().targetScale()[t]));
            }
        }
    }

    private void correlations(BoundCovariance k) {
        List<String> names = problem.task().targetNames();
        var pairs = TargetCorrelations.of(k);
        if (!pairs.isEmpty()) {
            lines.add(
                    "functions behind targets correlate: "
                            + pairs.stream()
                                    .limit(MOST_ROWS)
                                    .map(
                                            pair ->
                                                    text(
                                                            "%s with %s %.2f",
                                                            names.get(pair.first()),
                                                            names.get(pair.second()),
                                                            pair.correlation()))
                                    .collect(Collectors.joining(", ")));
        }
    }

    private void ends(BoundCovariance k) {
        for (Hyperparameter h : k.hyperparameters()) {
            boolean isAtEnd =
                    !h.isFixed()
                            && h.values().stream()
                                    .anyMatch(
                                            v ->
                                                    v <= h.lower() * (1 + END)
                                                            || v >= h.upper() * (1 - END));
            if (isAtEnd && !isFineAtEnd(h.name())) {
                warnings.add(
                        text(
                                "%s = %s is at the end of its range [%s, %s]",
                                h.name(),
                                Lists.shortened(h.values().toString()),
                                h.lower(),
                                h.upper()));
            }
        }
    }

    /** Columns that tell nothing, and outputs that have nothing of their own. */
    private static boolean isFineAtEnd(String name) {
        return name.endsWith("_lengthscale") || name.endsWith("_kappa");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
