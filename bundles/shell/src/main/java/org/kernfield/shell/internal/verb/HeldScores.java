package org.kernfield.shell.internal.verb;

import org.kernfield.engine.FieldHandle;
import org.kernfield.field.Predictive.Wanted;
import org.kernfield.field.TableTask;
import org.kernfield.numerics.predictive.Calibration;

/** How a fitted field does on the rows that were held out. */
final class HeldScores {
    private HeldScores() {}

    /**
     * Scores with targets in units of the deviation of those fitted, several targets together.
     *
     * @param field one that is predictive
     * @param task with rows held out, at least one of them with a label
     */
    static Calibration of(FieldHandle field, TableTask task) {
        var held = task.held();
        var expected = Expected.at(field, held.x(), task.inputs(), Wanted.VARIANCE, false);
        var labels = new double[held.y().length];
        var means = new double[labels.length];
        var variances = new double[labels.length];
        for (int target = 0; target < task.outputs(); target++) {
            double scale = deviation(task.y(), target, task.outputs());
            for (int k = target; k < labels.length; k += task.outputs()) {
                labels[k] = held.y()[k] / scale;
                means[k] = expected.mean()[k] / scale;
                variances[k] = expected.variance()[k] / (scale * scale);
            }
        }
        return Calibration.of(labels, means, variances, 1);
    }

    /** Population deviation of a column, labels that are missing left out; 1 where it is 0. */
    static double deviation(double[] values, int column, int width) {
        int count = 0;
        double mean = 0;
        double squares = 0;
        for (int k = column; k < values.length; k += width) {
            if (!Double.isNaN(values[k])) {
                // Welford's update
                count++;
                double before = values[k] - mean;
                mean += before / count;
                squares += before * (values[k] - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        return deviation > 0 ? deviation : 1;
    }
}
