package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Report;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.FactorVariance;
import org.kernfield.gp.exact.LatentVariance;
import org.kernfield.gp.exact.Posterior;
import org.kernfield.gp.exact.Rows;
import org.kernfield.gp.exact.Tails;
import org.kernfield.gp.iterative.MatrixFreeSolve;
import org.kernfield.gp.iterative.NearestVariance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Gaussian process as a model: all that predictions need, in float64. Arrays: {@code inputs} n ×
 * d, {@code weights} and {@code targets} n × p in standard units, what standard units are ({@code
 * inputMean}, …, one number a row); then {@code factor}, a Cholesky factor row by row, or {@code
 * noise} of each row, where there is none. Metadata: {@code kernel} as text, names of columns one a
 * line; {@code stacked} where each row is one label, with the number of its target behind the
 * inputs. A Student-t process has {@code scales}, factors of the variances, and {@code
 * degreesOfFreedom} besides.
 */
final class ModelArrays {
    private static final String INPUTS = "inputs";
    private static final String WEIGHTS = "weights";
    private static final String TARGETS = "targets";
    private static final String FACTOR = "factor";
    private static final String NOISE = "noise";
    private static final String INPUT_MEAN = "inputMean";
    private static final String INPUT_SCALE = "inputScale";
    private static final String TARGET_MEAN = "targetMean";
    private static final String TARGET_SCALE = "targetScale";
    private static final String KERNEL = "kernel";
    private static final String INPUT_NAMES = "inputNames";
    private static final String TARGET_NAMES = "targetNames";
    private static final String ROW_NOISE = "rowNoise";
    private static final String STACKED = "stacked";
    private static final String SCALES = "scales";
    private static final String DEGREES = "degreesOfFreedom";

    private ModelArrays() {}

    /** With the factor of the whole covariance matrix. */
    static Model of(Posterior posterior, Tails tails, Problem problem, Report report) {
        var arrays = common(problem, posterior.alpha(), tails);
        arrays.put(FACTOR, PackedTriangle.pack(posterior.factor()));
        return model(posterior.k(), posterior.jitter(), tails, problem, arrays, report);
    }

    /** Without a factor: variances will be conditioned on the nearest rows. */
    static Model of(
            BoundCovariance k,
            Array alpha,
            MatrixFreeSolve solve,
            Tails tails,
            Problem problem,
            Report report) {
        var arrays = common(problem, alpha, tails);
        arrays.put(NOISE, Array.of(1, solve.noise()));
        return model(k, solve.jitter(), tails, problem, arrays, report);
    }

    /**
     * @param jitter that was on the diagonal, which counts as noise of an observation: no row was
     *     believed more than that
     */
    private static Model model(
            BoundCovariance k,
            double jitter,
            Tails tails,
            Problem problem,
            Map<String, Array> arrays,
            Report report) {
        var metadata = new LinkedHashMap<>(report.metadata());
        metadata.put(KERNEL, k.toString());
        metadata.put(INPUT_NAMES, String.join("\n", problem.task().inputNames()));
        metadata.put(TARGET_NAMES, String.join("\n", problem.task().targetNames()));
        metadata.put(ROW_NOISE, Double.toString(problem.rowNoise() + jitter));
        metadata.put(STACKED, Boolean.toString(problem.outputs().isStacked()));
        if (tails != null) {
            double known = tails.degrees() + tails.rows();
            metadata.put(DEGREES, Double.toString(known));
        }
        return new Model(
                GpRepresentation.NAME,
                GpRepresentation.VERSION,
                problem.task().name(),
                arrays,
                metadata);
    }

    private static Map<String, Array> common(Problem problem, Array alpha, Tails tails) {
        var arrays = new LinkedHashMap<String, Array>();
        arrays.put(INPUTS, Array.of(problem.data().columns(), problem.data().x()));
        arrays.put(WEIGHTS, alpha);
        arrays.put(TARGETS, Array.of(problem.data().targets(), problem.data().y()));
        arrays.put(INPUT_MEAN, Array.of(1, problem.units().inputMean()));
        arrays.put(INPUT_SCALE, Array.of(1, problem.units().inputScale()));
        arrays.put(TARGET_MEAN, Array.of(1, problem.units().targetMean()));
        arrays.put(TARGET_SCALE, Array.of(1, problem.units().targetScale()));
        if (tails != null) {
            arrays.put(SCALES, Array.of(1, tails.scales()));
        }
        return arrays;
    }

    /**
     * @throws ModelException if something is missing or does not fit
     */
    static GpField open(Model model) {
        List<String> inputs = names(model, INPUT_NAMES);
        List<String> targets = names(model, TARGET_NAMES);
        boolean isStacked = Boolean.parseBoolean(model.metadata().get(STACKED));
        var outputs = new Outputs(targets.size(), isStacked);
        BoundCovariance k = kernel(model, inputs, outputs);
        Array x = rows(model, k);
        Array alpha = model.array(WEIGHTS, outputs.perRow());
        Array y = model.array(TARGETS, outputs.perRow());
        if (x.rows() != alpha.rows() || x.rows() != y.rows()) {
            throw new ModelException(
                    "model: %d rows of inputs, %d of weights, %d of targets; write it anew"
                            .formatted(x.rows(), alpha.rows(), y.rows()));
        }
        Process process = process(model, k, outputs, x);
        long parameters =
                model.arrays().values().stream().mapToLong(a -> a.data().byteSize() / 4).sum();
        return new GpField(
                process,
                units(model, inputs.size(), targets.size()),
                y,
                new TableNames(inputs, targets),
                parameters,
                Report.of(model.metadata()));
    }

    private static UnknownFactor factor(Model model, Outputs outputs) {
        return model.arrays().containsKey(SCALES)
                ? new UnknownFactor(number(model, DEGREES), column(model, SCALES, outputs.perRow()))
                : UnknownFactor.none(outputs.perRow());
    }

    /** Inputs, with targets numbered as there are. */
    private static Array rows(Model model, BoundCovariance k) {
        Array x = model.array(INPUTS, k.width());
        for (long row = 0; row < x.rows() && k.outputs() > 0; row++) {
            double output = x.get((row + 1) * k.width() - 1);
            if (!(output >= 0 && output < k.outputs() && output == Math.rint(output))) {
                throw new ModelException(
                        "model: row %d is about target %s of %d; write it anew"
                                .formatted(row + 1, output, k.outputs()));
            }
        }
        return x;
    }

    /** The process that the arrays describe, in standard units. */
    private static Process process(Model model, BoundCovariance k, Outputs outputs, Array x) {
        int n = Math.toIntExact(x.rows());
        LatentVariance spread;
        Conditioning conditioning;
        if (model.arrays().containsKey(NOISE)) {
            double[] noise = column(model, NOISE, n);
            spread = new NearestVariance(k, x, noise);
            conditioning = new IterativeConditioning(k, x, noise);
        } else {
            var factor = new PackedTriangle(model.array(FACTOR, 1), n);
            spread = new FactorVariance(k, x, factor);
            conditioning = new FactorConditioning(k, x, factor);
        }
        return new Process(
                k,
                outputs,
                x,
                model.array(WEIGHTS, outputs.perRow()),
                spread,
                number(model, ROW_NOISE),
                factor(model, outputs),
                conditioning);
    }

    private static List<String> names(Model model, String key) {
        String text = model.metadata().get(key);
        if (text == null || text.isEmpty()) {
            throw new ModelException("model: metadata has no " + key + "; write it anew");
        }
        return List.of(text.split("\n", -1));
    }

    private static BoundCovariance kernel(Model model, List<String> inputs, Outputs outputs) {
        try {
            return Covariance.parse(model.metadata().getOrDefault(KERNEL, ""))
                    .bind(inputs, outputs.numbered());
        } catch (IllegalArgumentException e) {
            throw new ModelException("model: " + e.getMessage());
        }
    }

    private static Standardisation units(Model model, int d, int p) {
        return new Standardisation(
                column(model, INPUT_MEAN, d),
                column(model, INPUT_SCALE, d),
                column(model, TARGET_MEAN, p),
                column(model, TARGET_SCALE, p));
    }

    private static double[] column(Model model, String name, int length) {
        double[] values = Rows.doubles(model.array(name, 1));
        if (values.length != length) {
            throw new ModelException(
                    "model: %d numbers of %s for %d columns; write it anew"
                            .formatted(values.length, name, length));
        }
        return values;
    }

    private static double number(Model model, String key) {
        try {
            return Double.parseDouble(model.metadata().getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new ModelException(
                    "model: metadata %s = %s is no number; write it anew"
                            .formatted(key, model.metadata().get(key)));
        }
    }
}
