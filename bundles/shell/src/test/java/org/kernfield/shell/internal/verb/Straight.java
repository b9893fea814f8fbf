package org.kernfield.shell.internal.verb;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.Fit;
import org.kernfield.field.Metrics;
import org.kernfield.field.Model;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.Report;
import org.kernfield.field.Reporting;
import org.kernfield.field.Representation;
import org.kernfield.field.Sampling;
import org.kernfield.field.Setting;
import org.kernfield.field.Settings;
import org.kernfield.field.State;
import org.kernfield.field.TableTask;
import org.kernfield.field.Task;
import org.kernfield.field.Trained;
import org.kernfield.numerics.CounterRandom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A straight line through the first input, y = a + b·x with noise of a known deviation and nothing
 * known of a and b before: the simplest field with error bars whose figures can be worked out on
 * paper. Var(f(x)) = σ²(1/n + (x − x̄)²/Σ(xᵢ − x̄)²).
 */
public final class Straight implements Representation {
    private static final Setting<Double> NOISE =
            Setting.number("sigma", 1.0, 1e-6, 1e6, "", "Deviation of the noise.");

    @Override
    public String name() {
        return "straight";
    }

    @Override
    public String label() {
        return "a straight line";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<Class<? extends Task>> tasks() {
        return List.of(TableTask.class);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NOISE);
    }

    @Override
    public Fit begin(Task task, Settings settings) {
        return new OneStep((TableTask) task, settings.get(NOISE));
    }

    @Override
    public Field open(Model model) {
        return new Line(model);
    }

    /** All of it in one step. */
    private static final class OneStep implements Fit {
        private final TableTask task;
        private final double sigma;
        private boolean isDone;

        OneStep(TableTask task, double sigma) {
            this.task = task;
            this.sigma = sigma;
        }

        @Override
        public void step(Compute compute) {
            isDone = true;
        }

        @Override
        public boolean isDone() {
            return isDone;
        }

        @Override
        public State state(Compute compute) {
            return new State(Map.of(), Map.of());
        }

        @Override
        public void restore(State state, Compute compute) {}

        @Override
        public Metrics metrics() {
            return Metrics.of("logMarginal", -1.5);
        }

        @Override
        public Model finish(Compute compute) {
            var texts = new LinkedHashMap<String, String>();
            texts.put("sigma", Double.toString(sigma));
            texts.put("inputNames", String.join("\n", task.inputNames()));
            texts.put("targetNames", String.join("\n", task.targetNames()));
            texts.putAll(
                    new Report(List.of("as straight as can be"), Map.of("bend", 0.0)).metadata());
            var arrays = new LinkedHashMap<String, Array>();
            arrays.put("x", Array.of(task.inputs(), task.x()));
            arrays.put("y", Array.of(task.outputs(), task.y()));
            return new Model("straight", 1, TableTask.NAME, arrays, texts);
        }
    }

    private record Line(Model model) implements Field, Predictive, Sampling, Reporting, Trained {
        private static double[] doubles(Array array) {
            var values = new double[(int) array.elements()];
            java.util.Arrays.setAll(values, array::get);
            return values;
        }

        @Override
        public List<String> inputNames() {
            return model.metadata().get("inputNames").lines().toList();
        }

        @Override
        public List<String> targetNames() {
            return model.metadata().get("targetNames").lines().toList();
        }

        @Override
        public TableTask training() {
            return new TableTask(
                    inputNames(),
                    targetNames(),
                    doubles(model.arrays().get("x")),
                    doubles(model.arrays().get("y")),
                    null,
                    null);
        }

        @Override
        public int inputs() {
            return inputNames().size();
        }

        @Override
        public int outputs() {
            return targetNames().size();
        }

        @Override
        public long parameters() {
            return 2;
        }

        @Override
        public Array values(Array points, Compute compute) {
            throw new UnsupportedOperationException("a table is asked by predict");
        }

        /** Mean and variance of the line at x, for one target. */
        private double[] at(double x, int target) {
            TableTask data = training();
            double n = 0;
            double sx = 0;
            double sy = 0;
            double sxx = 0;
            double sxy = 0;
            for (int row = 0; row < data.rows(); row++) {
                double u = data.x()[row * data.inputs()];
                double v = data.y()[row * data.outputs() + target];
                n++;
                sx += u;
                sy += v;
                sxx += u * u;
                sxy += u * v;
            }
            double spread = sxx - sx * sx / n;
            double slope = (sxy - sx * sy / n) / spread;
            double mean = sy / n + slope * (x - sx / n);
            double sigma = Double.parseDouble(model.metadata().get("sigma"));
            double away = x - sx / n;
            return new double[] {mean, sigma * sigma * (1 / n + away * away / spread)};
        }

        @Override
        public Prediction predict(Array x, Wanted wanted, boolean latent, Compute compute) {
            int p = outputs();
            var mean = new double[(int) x.rows() * p];
            var variance = new double[mean.length];
            double sigma = Double.parseDouble(model.metadata().get("sigma"));
            for (int k = 0; k < mean.length; k++) {
                double[] line = at(x.get((long) k / p * x.width()), k % p);
                mean[k] = line[0];
                variance[k] = line[1] + (latent ? 0 : sigma * sigma);
            }
            boolean hasVariance = wanted != Wanted.MEAN;
            return new Prediction(
                    Array.of(p, mean), hasVariance ? Array.of(p, variance) : null, null);
        }

        /** The mean, moved up or down as a whole. */
        @Override
        public Array sample(Array x, int count, long seed, Compute compute) {
            double[] mean = doubles(predict(x, Wanted.MEAN, true, compute).mean());
            var drawn = new double[count * mean.length];
            for (int k = 0; k < drawn.length; k++) {
                double moved = new CounterRandom(seed).normal(0, 0, k / mean.length);
                drawn[k] = mean[k % mean.length] + moved;
            }
            return Array.of(mean.length, drawn);
        }

        @Override
        public Report report() {
            return Report.of(model.metadata());
        }
    }
}
