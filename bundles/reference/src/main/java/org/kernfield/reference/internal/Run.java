package org.kernfield.reference.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Output;
import org.kernfield.kernel.Slot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call: the terms of a reduction added row by row in the order of the rows they come from,
 * whatever the number of threads.
 */
public final class Run {
    private final Job job;

    public Run(
            Reduction reduction,
            Args args,
            Map<String, ReferenceBuffer> buffers,
            Evaluation evaluation,
            Resources resources) {
        this.job =
                new Job(
                        reduction,
                        args,
                        buffers,
                        evaluation,
                        resources,
                        new Code(reduction.kernel()));
    }

    /** The results, row-major; of tolerances none for the numbers of sources. */
    public Map<String, double[]> results() {
        long elements =
                job.reduction().results(job.args()).stream()
                        .mapToLong(r -> r.rows() * r.width())
                        .sum();
        return job.within(Double.BYTES * elements, "results of ", this::reduce);
    }

    private Map<String, double[]> reduce() {
        var pairs = new PairReductions(job);
        boolean hasSources = !job.reduction().kernel().slots(Slot.Role.PARAM).isEmpty();
        return switch (job.reduction().kind()) {
            case MAP -> split(new Rows(job).map());
            case TOTAL -> split(hasSources ? pairs.total() : new Rows(job).total());
            case SUM -> split(pairs.sum(false));
            case SUM_INTO_SOURCES -> split(pairs.sum(true));
            case LOG_SUM_EXP -> split(pairs.logSumExp());
            case MATRIX -> split(pairs.matrix());
            case MAX -> max(pairs);
            case COMPOSITE -> new Composite(job).forward();
            case COMPOSITE_INTO_SOURCES -> new Composite(job).intoSources();
        };
    }

    private Map<String, double[]> max(PairReductions pairs) {
        if (job.evaluation().isTolerance()) {
            return split(pairs.maxTolerance());
        }
        var arg = new double[Math.multiplyExact(job.queries(), job.width())];
        var results = new LinkedHashMap<>(split(pairs.max(arg)));
        split(arg).forEach((output, values) -> results.put(Reduction.ARG + output, values));
        return results;
    }

    /**
     * How far the values of claimed sources are below a maximum.
     *
     * @param arg by {@code arg_<output>}, as a {@link Reduction.Kind#MAX} gives them
     */
    public Map<String, double[]> shortfalls(Map<String, double[]> arg) {
        int width = job.width();
        var joined = new double[Math.multiplyExact(job.queries(), width)];
        int offset = 0;
        for (Output output : job.reduction().kernel().outputs()) {
            double[] claimed = arg.get(Reduction.ARG + output.name());
            for (int k = 0; k < claimed.length; k++) {
                int row = k / output.width();
                joined[row * width + offset + k % output.width()] = claimed[k];
            }
            offset += output.width();
        }
        return split(new PairReductions(job).shortfall(joined));
    }

    private Map<String, double[]> split(double[] results) {
        return split(results, job.reduction().kernel().outputs());
    }

    /** Rows of all outputs side by side, taken apart. */
    static Map<String, double[]> split(double[] results, List<Output> outputs) {
        int width = outputs.stream().mapToInt(Output::width).sum();
        var byOutput = new LinkedHashMap<String, double[]>();
        int rows = width == 0 ? 0 : results.length / width;
        int offset = 0;
        for (Output output : outputs) {
            var values = new double[rows * output.width()];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(
                        results, i * width + offset, values, i * output.width(), output.width());
            }
            byOutput.put(output.name(), values);
            offset += output.width();
        }
        return byOutput;
    }
}
