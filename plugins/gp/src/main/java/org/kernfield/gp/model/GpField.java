package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.Report;
import org.kernfield.field.Reporting;
import org.kernfield.field.Sampling;
import org.kernfield.field.TableTask;
import org.kernfield.field.Trained;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.CounterRandom;

import java.util.List;

/** A Gaussian process that answers means, variances and samples in the table's own units. */
final class GpField implements Field, Predictive, Sampling, Reporting, Trained {
    /** Shares of the prior variance added before a covariance of points is factored. */
    private static final double[] JITTERS = {0, 1e-12, 1e-10, 1e-8, 1e-6};

    private final Process process;
    private final Array y;
    private final List<String> inputs;
    private final List<String> targets;
    private final long parameters;
    private final Report report;

    /**
     * @param y n × targets, standard units
     */
    GpField(
            Process process,
            Array y,
            List<String> inputs,
            List<String> targets,
            long parameters,
            Report report) {
        this.process = process;
        this.y = y;
        this.inputs = List.copyOf(inputs);
        this.targets = List.copyOf(targets);
        this.parameters = parameters;
        this.report = report;
    }

    @Override
    public int inputs() {
        return inputs.size();
    }

    @Override
    public int outputs() {
        return targets.size();
    }

    @Override
    public long parameters() {
        return parameters;
    }

    @Override
    public List<String> inputNames() {
        return inputs;
    }

    @Override
    public List<String> targetNames() {
        return targets;
    }

    @Override
    public Report report() {
        return report;
    }

    @Override
    public TableTask training() {
        var units = process.units();
        return new TableTask(
                inputs,
                targets,
                Standardisation.original(
                        Rows.doubles(process.x()), units.inputMean(), units.inputScale()),
                Standardisation.original(Rows.doubles(y), units.targetMean(), units.targetScale()),
                null,
                null);
    }

    @Override
    public Array values(Array points, Compute compute) {
        return predict(points, Wanted.MEAN, true, compute).mean().as(ElementType.F32);
    }

    @Override
    public Prediction predict(Array x, Wanted wanted, boolean latent, Compute compute) {
        Array points = standard(x);
        Array mean = original(process.mean(points, compute));
        if (wanted == Wanted.MEAN || x.rows() == 0) {
            return new Prediction(mean, null, null);
        }
        double[] noise = latent ? new double[(int) x.rows()] : process.noise(points, compute);
        if (wanted == Wanted.VARIANCE) {
            return new Prediction(mean, squared(process.variance(points, compute), noise), null);
        }
        Array covariance = process.spread().covariance(points, compute);
        var variance = new double[noise.length];
        for (int i = 0; i < variance.length; i++) {
            long at = (long) i * variance.length + i;
            variance[i] = Math.max(0, covariance.get(at));
            covariance.set(at, variance[i] + noise[i]);
        }
        return new Prediction(mean, squared(variance, noise), spreadOut(covariance));
    }

    /** Points in standard units. */
    private Array standard(Array x) {
        if (x.width() != inputs.size()) {
            throw new IllegalArgumentException(
                    "points of %d numbers: the model has %d inputs, %s; give those"
                            .formatted(x.width(), inputs.size(), inputs));
        }
        double[] values = Rows.doubles(x.as(ElementType.F64));
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "point %d: %s is %s; give a finite number"
                                .formatted(
                                        k / inputs.size() + 1,
                                        inputs.get(k % inputs.size()),
                                        values[k]));
            }
        }
        return Array.of(inputs.size(), process.units().inputs(values));
    }

    private Array original(Array mean) {
        double[] values = Rows.doubles(mean);
        int p = targets.size();
        for (int k = 0; k < values.length; k++) {
            values[k] =
                    process.units().targetMean()[k % p]
                            + process.units().targetScale()[k % p] * values[k];
        }
        return mean;
    }

    /** Variances of every target, original units. */
    private Array squared(double[] variance, double[] noise) {
        int p = targets.size();
        var all = new double[variance.length * p];
        for (int k = 0; k < all.length; k++) {
            double scale = process.units().targetScale()[k % p];
            all[k] = scale * scale * (variance[k / p] + noise[k / p]);
        }
        return Array.of(p, all);
    }

    /** A covariance of points as one of points and targets, which are independent. */
    private Array spreadOut(Array covariance) {
        int p = targets.size();
        int m = covariance.width();
        Array all = Array.zeros(ElementType.F64, (long) m * p, m * p);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                for (int t = 0; t < p; t++) {
                    double scale = process.units().targetScale()[t];
                    all.set(
                            ((long) i * p + t) * m * p + (long) j * p + t,
                            scale * scale * covariance.get((long) i * m + j));
                }
            }
        }
        return all;
    }

    @Override
    public Array sample(Array x, int count, long seed, Compute compute) {
        int p = targets.size();
        int m = Math.toIntExact(x.rows());
        Array points = standard(x);
        double[] mean = Rows.doubles(original(process.mean(points, compute)));
        Array root = root(points, compute);
        var random = new CounterRandom(seed);
        var normal = new double[count * p * m];
        for (int k = 0; k < normal.length; k++) {
            normal[k] = random.normal(0, 0, k);
        }
        Array drawn = Array.zeros(ElementType.F64, (long) count * p, m);
        compute.linearAlgebra().gemm(1, Array.of(m, normal), false, root, true, 0, drawn);
        Array samples = Array.zeros(ElementType.F64, count, m * p);
        for (int s = 0; s < count; s++) {
            for (int k = 0; k < m * p; k++) {
                double scale = process.units().targetScale()[k % p];
                double deviation = drawn.get(((long) s * p + k % p) * m + k / p);
                samples.set((long) s * m * p + k, mean[k] + scale * deviation);
            }
        }
        return samples;
    }

    /** The Cholesky factor of the points' covariance. */
    private Array root(Array points, Compute compute) {
        Array covariance = process.spread().covariance(points, compute);
        double[] prior = Rows.variance(process.k(), points, compute);
        int m = covariance.width();
        for (double share : JITTERS) {
            Array root = covariance.as(ElementType.F64);
            for (int i = 0; i < m; i++) {
                long at = (long) i * m + i;
                root.set(at, root.get(at) + share * prior[i]);
            }
            if (compute.linearAlgebra().potrf(root) == 0) {
                return root;
            }
        }
        throw new IllegalArgumentException(
                "%s: the covariance of these %d points is not positive definite; draw at fewer or other points"
                        .formatted(process.k(), m));
    }
}
