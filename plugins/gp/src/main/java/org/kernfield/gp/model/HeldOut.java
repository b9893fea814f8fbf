package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.field.Prediction;
import org.kernfield.field.Predictive;
import org.kernfield.field.TableTask;
import org.kernfield.gp.exact.LeaveOneOut;
import org.kernfield.gp.exact.Rows;
import org.kernfield.numerics.predictive.Calibration;

import java.util.Arrays;

/**
 * How well a fit tells rows it has not seen: those held out, else each of its own from the others.
 *
 * @param problem what was fitted
 */
record HeldOut(Problem problem) {
    Calibration scores(GpField field, LeaveOneOut others, Compute compute) {
        return hasLabels() ? held(field, compute) : own(others);
    }

    private boolean hasLabels() {
        TableTask task = problem.task();
        return task.heldRows() > 0
                && Arrays.stream(task.held().y()).anyMatch(label -> !Double.isNaN(label));
    }

    private Calibration held(GpField field, Compute compute) {
        TableTask.Held held = problem.task().held();
        Array x = Array.of(problem.task().inputs(), held.x());
        Prediction told = field.predict(x, Predictive.Wanted.VARIANCE, false, compute);
        double[] mean = Rows.doubles(told.mean());
        double[] variance = Rows.doubles(told.variance());
        double[] scale = problem.units().targetScale();
        var error = new double[mean.length];
        for (int k = 0; k < error.length; k++) {
            double unit = scale[k % scale.length];
            error[k] = (held.y()[k] - mean[k]) / unit;
            variance[k] /= unit * unit;
        }
        return Calibration.of(error, new double[error.length], variance, 1);
    }

    private Calibration own(LeaveOneOut others) {
        double[] residual = others.residual();
        return Calibration.of(residual, new double[residual.length], others.variance(), 1);
    }
}
