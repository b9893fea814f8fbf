package org.kernfield.gp.kde;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;
import org.kernfield.field.Field;
import org.kernfield.field.Labelled;
import org.kernfield.field.Model;
import org.kernfield.field.ModelException;
import org.kernfield.field.Report;
import org.kernfield.field.Reporting;

import java.util.List;
import java.util.Map;

/** The logarithm of the density at points, which densities in many dimensions need. */
final class KdeField implements Field, Labelled, Reporting {
    private final Array points;
    private final double[] bandwidths;
    private final Report report;

    KdeField(Model model) {
        int d = model.integer("columns");
        if (d < 1) {
            throw new ModelException("model: columns = " + d + "; write it anew");
        }
        points = model.array("points", d);
        Array h = model.array("bandwidths", d);
        bandwidths = new double[d];
        for (int k = 0; k < d && h.rows() == 1; k++) {
            bandwidths[k] = h.get(k);
        }
        for (double width : bandwidths) {
            if (!(width > 0) || points.rows() < 1) {
                throw new ModelException(
                        "model: a bandwidth of %s over %d points; write it anew"
                                .formatted(width, points.rows()));
            }
        }
        report = Report.of(model.metadata());
    }

    @Override
    public int inputs() {
        return bandwidths.length;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<String> outputNames() {
        return List.of("log_density");
    }

    @Override
    public long parameters() {
        return 2 * (points.elements() + bandwidths.length);
    }

    @Override
    public Array values(Array at, Compute compute) {
        return Array.of(1, logDensities(at.as(ElementType.F64), compute)).as(ElementType.F32);
    }

    /** log p at rows × columns numbers. */
    double[] logDensities(double[] at, Compute compute) {
        return logDensities(Array.of(bandwidths.length, at), compute);
    }

    private double[] logDensities(Array at, Compute compute) {
        var sum =
                Reduction.logSumExp(DensityKernels.exponent(bandwidths.length), Neighbourhood.ALL);
        var rates = new double[bandwidths.length];
        for (int k = 0; k < rates.length; k++) {
            rates[k] = 1 / bandwidths[k];
        }
        try (Buffer x = compute.allocate(ElementType.F64, at.rows(), bandwidths.length);
                Buffer y = compute.allocate(ElementType.F64, points.rows(), bandwidths.length);
                Buffer logs = compute.allocate(ElementType.F64, at.rows(), 1)) {
            x.write(at);
            y.write(points);
            Args args =
                    Args.rows(at.rows())
                            .with(DensityKernels.X, x)
                            .with(DensityKernels.Y, y)
                            .with(DensityKernels.RATE, rates);
            compute.run(sum, args, Map.of(DensityKernels.VALUE, logs));
            double[] values = Sample.read(logs, 1);
            double norm = Math.log(points.rows()) + LeaveOneOut.logVolume(bandwidths);
            for (int i = 0; i < values.length; i++) {
                values[i] -= norm;
            }
            return values;
        }
    }

    @Override
    public Report report() {
        return report;
    }
}
