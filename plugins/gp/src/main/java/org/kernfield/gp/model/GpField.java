package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.PathSampling;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.Report;
import org.kernfield.field.Reporting;
import org.kernfield.field.Sampling;
import org.kernfield.field.TableTask;
import org.kernfield.field.Trained;
import org.kernfield.gp.exact.Rows;

import java.util.List;

/** A Gaussian process that answers means, variances and samples in the table's own units. */
final class GpField implements Field, Predictive, Sampling, PathSampling, Reporting, Trained {
    private final Process process;
    private final Standardisation units;
    private final Array y;
    private final TableNames names;
    private final long parameters;
    private final Report report;
    private Paths paths; // the last drawn, null before

    /**
     * @param units standard units
     * @param y n × targets of a row, standard units
     */
    GpField(
            Process process,
            Standardisation units,
            Array y,
            TableNames names,
            long parameters,
            Report report) {
        this.process = process;
        this.units = units;
        this.y = y;
        this.names = names;
        this.parameters = parameters;
        this.report = report;
    }

    @Override
    public int inputs() {
        return names.inputs().size();
    }

    @Override
    public int outputs() {
        return names.targets().size();
    }

    @Override
    public long parameters() {
        return parameters;
    }

    @Override
    public List<String> inputNames() {
        return names.inputs();
    }

    @Override
    public List<String> targetNames() {
        return names.targets();
    }

    @Override
    public Report report() {
        return report;
    }

    @Override
    public TableTask training() {
        return process.outputs().table(names, units, process.x(), y);
    }

    @Override
    public Array values(Array points, Compute compute) {
        return predict(points, Wanted.MEAN, true, compute).mean().as(ElementType.F32);
    }

    @Override
    public Prediction predict(Array x, Wanted wanted, boolean latent, Compute compute) {
        Array points = standard(x);
        return Border.across(() -> told(points, wanted, latent, compute));
    }

    private Prediction told(Array points, Wanted wanted, boolean latent, Compute compute) {
        Array mean = original(process.mean(points, compute));
        if (wanted == Wanted.MEAN || points.rows() == 0) {
            return new Prediction(mean, null, null);
        }
        double[] noise =
                latent ? new double[(int) mean.elements()] : process.noise(points, compute);
        if (wanted == Wanted.VARIANCE) {
            return new Prediction(mean, squared(process.variance(points, compute), noise), null);
        }
        Array covariance = process.covariance(points, compute);
        var variance = new double[noise.length];
        for (int i = 0; i < variance.length; i++) {
            long at = (long) i * variance.length + i;
            variance[i] = covariance.get(at);
            covariance.set(at, variance[i] + noise[i]);
        }
        return new Prediction(mean, squared(variance, noise), scaled(covariance));
    }

    /** Points in standard units. */
    private Array standard(Array x) {
        if (x.width() != inputs()) {
            throw new IllegalArgumentException(
                    "points of %d numbers: the model has %d inputs, %s; give those"
                            .formatted(x.width(), inputs(), inputNames()));
        }
        double[] values = Rows.doubles(x.as(ElementType.F64));
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "point %d: %s is %s; give a finite number"
                                .formatted(
                                        k / inputs() + 1,
                                        inputNames().get(k % inputs()),
                                        values[k]));
            }
        }
        return Array.of(inputs(), units.inputs(values));
    }

    private Array original(Array mean) {
        double[] values = Rows.doubles(mean);
        return Array.of(
                outputs(),
                Standardisation.original(values, units.targetMean(), units.targetScale()));
    }

    private double scale(int k) {
        return units.targetScale()[k % outputs()];
    }

    /** Variances of points and targets, original units. */
    private Array squared(double[] variance, double[] noise) {
        var all = new double[variance.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = scale(k) * scale(k) * (variance[k] + noise[k]);
        }
        return Array.of(outputs(), all);
    }

    /** A covariance of points and targets, original units. */
    private Array scaled(Array covariance) {
        int m = covariance.width();
        for (long at = 0; at < covariance.elements(); at++) {
            double scale = scale((int) (at / m)) * scale((int) (at % m));
            covariance.set(at, scale * covariance.get(at));
        }
        return covariance;
    }

    @Override
    public Array sample(Array x, int count, long seed, Compute compute) {
        Array points = standard(x);
        double[] mean = Rows.doubles(original(process.mean(points, compute)));
        double[] samples =
                Border.across(
                        () -> new JointDraws(process).deviations(points, count, seed, compute));
        return around(mean, samples);
    }

    @Override
    public Array paths(Array x, int count, long seed, Compute compute) {
        Array points = standard(x);
        double[] mean = Rows.doubles(original(process.mean(points, compute)));
        double[] samples =
                Border.across(() -> drawn(count, seed, compute).deviations(points, compute));
        return around(mean, samples);
    }

    private synchronized Paths drawn(int count, long seed, Compute compute) {
        if (paths == null || !paths.isOf(count, seed)) {
            paths = Paths.draw(process, count, seed, compute);
        }
        return paths;
    }

    /** Samples in original units. */
    private Array around(double[] mean, double[] samples) {
        for (int k = 0; k < samples.length; k++) {
            samples[k] = mean[k % mean.length] + scale(k) * samples[k];
        }
        return Array.of(mean.length, samples);
    }
}
