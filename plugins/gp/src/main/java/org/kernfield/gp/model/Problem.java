package org.kernfield.gp.model;

import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Coregionalisation;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.Observations;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A table in standard units, and the covariance function as the user gave it.
 *
 * @param task as it was read
 * @param units what standard units are
 * @param data what is fitted: rows with all their labels, or labels as {@code outputs} stacks them
 * @param rows the numbers of those rows in the task
 * @param outputs how targets become rows
 * @param start the covariance function before the fit
 */
record Problem(
        TableTask task,
        Standardisation units,
        Observations data,
        int[] rows,
        Outputs outputs,
        BoundCovariance start) {

    /**
     * @throws IllegalArgumentException for a table without labels, or a kernel that does not suit
     *     the table
     * @throws SettingException for settings that do not
     */
    static Problem of(TableTask task, Settings settings) {
        int p = task.outputs();
        String model = settings.get(GpSettings.OUTPUTS);
        boolean isMixed = !model.equals(GpSettings.INDEPENDENT);
        requireTargets(p, model, isMixed, task.noise() != null);
        int[] labelled = labelled(task);
        var raw =
                new Observations(task.x(), task.inputs(), task.y(), p, task.noise()).rows(labelled);
        boolean isCentred = settings.get(GpSettings.MEAN).equals(GpSettings.CONSTANT);
        var units = Standardisation.of(raw.x(), raw.columns(), raw.y(), p, isCentred);
        double[] x = units.inputs(raw.x());
        double[] y = units.targets(raw.y());
        boolean hasGaps = Arrays.stream(y).anyMatch(Double::isNaN);
        var outputs = new Outputs(p, isMixed || hasGaps);
        Covariance given = Covariance.parse(settings.get(GpSettings.KERNEL));
        given = isTold(y, p) ? given : given.fixed();
        if (!outputs.isStacked()) {
            var start = given.bind(task.inputNames());
            var data = new Observations(x, raw.columns(), y, p, noise(raw, units));
            return new Problem(task, units, data, labelled, outputs, start);
        }
        var stack = Stack.of(x, raw.columns(), y, p);
        int[] rows = Arrays.stream(stack.rows()).map(row -> labelled[row]).toArray();
        return new Problem(
                task, units, stack.data(), rows, outputs, mixed(given, task, settings, y));
    }

    private static void requireTargets(int p, String model, boolean isMixed, boolean hasNoise) {
        if (hasNoise && p > 1) {
            throw new SettingException(
                    "noise: %d targets share one variance a row; fit the targets one by one"
                            .formatted(p));
        }
        if (isMixed && p == 1) {
            throw new SettingException(
                    "outputs = %s: the table has one target; name several with --y, or leave it out"
                            .formatted(model));
        }
    }

    /** Variances of the rows' own noise in standard units, or null. */
    private static double[] noise(Observations raw, Standardisation units) {
        double square = units.targetScale()[0] * units.targetScale()[0];
        return raw.noise() == null
                ? null
                : Arrays.stream(raw.noise()).map(v -> v / square).toArray();
    }

    /** The covariance function of all targets together. */
    private static BoundCovariance mixed(
            Covariance given, TableTask task, Settings settings, double[] y) {
        int rank = Math.toIntExact(settings.get(GpSettings.RANK));
        Covariance mixed =
                switch (settings.get(GpSettings.OUTPUTS)) {
                    case GpSettings.ICM -> Coregionalisation.intrinsic(given, rank);
                    case GpSettings.LMC -> Coregionalisation.linear(given, rank);
                    default -> Coregionalisation.independent(given);
                };
        BoundCovariance bound = mixed.bind(task.inputNames(), task.outputs());
        return mixed.equals(given) ? bound : CoregionStart.of(bound, y);
    }

    /** Whether labels tell of hyper-parameters: some target has two. */
    boolean isTold() {
        return isTold(task.y(), task.outputs());
    }

    private static boolean isTold(double[] y, int p) {
        var labels = new int[p];
        for (int k = 0; k < y.length; k++) {
            labels[k % p] += Double.isNaN(y[k]) ? 0 : 1;
        }
        return Arrays.stream(labels).max().orElse(0) > 1;
    }

    /** Mean variance of the rows' own noise, standard units; 0 where there is none. */
    double rowNoise() {
        return data.noise() == null ? 0 : Arrays.stream(data.noise()).average().orElse(0);
    }

    /** Rows with at least one label. */
    private static int[] labelled(TableTask task) {
        int p = task.outputs();
        for (int t = 0; t < p; t++) {
            int target = t;
            if (IntStream.range(0, task.rows())
                    .allMatch(i -> Double.isNaN(task.y()[i * p + target]))) {
                throw new IllegalArgumentException(
                        p == 1
                                ? "table: no row has a label; give at least one row its target"
                                : "table: no row has a label of %s; give one, or leave this target out"
                                        .formatted(task.targetNames().get(t)));
            }
        }
        return IntStream.range(0, task.rows())
                .filter(
                        i ->
                                IntStream.range(i * p, (i + 1) * p)
                                        .anyMatch(k -> !Double.isNaN(task.y()[k])))
                .toArray();
    }
}
