package org.kernfield.gp.model;

import org.kernfield.field.SettingException;
import org.kernfield.field.Settings;
import org.kernfield.field.TableTask;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.Covariance;
import org.kernfield.gp.exact.Observations;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A table in standard units, and the covariance function as the user gave it.
 *
 * @param task as it was read
 * @param units what standard units are
 * @param data rows with labels
 * @param rows their numbers in the task
 * @param start the covariance function before the fit
 */
record Problem(
        TableTask task,
        Standardisation units,
        Observations data,
        int[] rows,
        BoundCovariance start) {
    /**
     * @throws IllegalArgumentException for a table without labels, or gaps that cannot be left out,
     *     or a kernel that does not suit the table
     */
    static Problem of(TableTask task, Settings settings) {
        var start = Covariance.parse(settings.get(GpSettings.KERNEL)).bind(task.inputNames());
        int[] labelled = labelled(task);
        var raw =
                new Observations(task.x(), task.inputs(), task.y(), task.outputs(), task.noise())
                        .rows(labelled);
        if (raw.noise() != null && raw.targets() > 1) {
            throw new SettingException(
                    "noise: %d targets share one variance a row; fit the targets one by one"
                            .formatted(raw.targets()));
        }
        boolean isCentred = settings.get(GpSettings.MEAN).equals(GpSettings.CONSTANT);
        var units = Standardisation.of(raw.x(), raw.columns(), raw.y(), raw.targets(), isCentred);
        double square = units.targetScale()[0] * units.targetScale()[0];
        double[] noise =
                raw.noise() == null
                        ? null
                        : Arrays.stream(raw.noise()).map(v -> v / square).toArray();
        var data =
                new Observations(
                        units.inputs(raw.x()),
                        raw.columns(),
                        units.targets(raw.y()),
                        raw.targets(),
                        noise);
        return new Problem(task, units, data, labelled, start);
    }

    /** Mean variance of the rows' own noise, standard units; 0 where there is none. */
    double rowNoise() {
        return data.noise() == null ? 0 : Arrays.stream(data.noise()).average().orElse(0);
    }

    /** Rows with all labels; those without any are left out, others cannot be. */
    private static int[] labelled(TableTask task) {
        int p = task.outputs();
        for (int i = 0; i < task.rows(); i++) {
            int missing = missing(task, i);
            if (missing > 0 && missing < p) {
                throw new IllegalArgumentException(
                        "table: row %d lacks %d of its %d labels; give all, or fit the targets one by one"
                                .formatted(i + 1, missing, p));
            }
        }
        int[] rows = IntStream.range(0, task.rows()).filter(i -> missing(task, i) == 0).toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException(
                    "table: no row has a label; give at least one row its target");
        }
        return rows;
    }

    private static int missing(TableTask task, int row) {
        int p = task.outputs();
        return (int)
                IntStream.range(row * p, (row + 1) * p)
                        .filter(k -> Double.isNaN(task.y()[k]))
                        .count();
    }
}
