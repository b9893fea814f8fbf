package org.kernfield.gp.kde;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The mean log density of each row under the others, and its gradient by the logarithms of the
 * bandwidths. Its maximum is that of the likelihood by cross-validation.
 *
 * <p>Source: R. Duin, On the choice of smoothing parameters for Parzen estimators (1976); B. W.
 * Silverman, Density Estimation (1986), section 3.4.4.
 *
 * @param value in nats a row
 * @param gradient by log h_k
 */
record LeaveOneOut(double value, double[] gradient) {
    /**
     * @param points rows × columns, at least two rows
     * @param bandwidths one for each column
     */
    static LeaveOneOut of(double[] points, double[] bandwidths, Compute compute) {
        int d = bandwidths.length;
        double[] rates = Arrays.stream(bandwidths).map(h -> 1 / h).toArray();
        var sum = Reduction.logSumExp(DensityKernels.others(d), Neighbourhood.ALL);
        try (var sample = new Sample(points, d, compute);
                Buffer logs = sample.column();
                Buffer ones = sample.column()) {
            Args args = sample.args(rates);
            compute.run(sum, args, Map.of(DensityKernels.VALUE, logs));
            var each = new double[sample.rows()];
            Arrays.fill(each, 1.0 / sample.rows());
            ones.write(Array.of(1, each));
            Reduction back = sum.vjp(Set.of(DensityKernels.RATE)).getFirst();
            Args cotangents =
                    args.with(DensityKernels.VALUE, logs)
                            .with(Reduction.cotangent(DensityKernels.VALUE), ones);
            double[] byRate =
                    sample.total(back, cotangents, Reduction.cotangent(DensityKernels.RATE), d);
            double mean = Arrays.stream(Sample.read(logs, 1)).average().orElseThrow();
            double value = mean - Math.log(sample.rows() - 1.0) - logVolume(bandwidths);
            var gradient = new double[d];
            for (int k = 0; k < d; k++) {
                gradient[k] = -rates[k] * byRate[k] - 1;
            }
            return new LeaveOneOut(value, gradient);
        }
    }

    /** Σ_k log(h_k √2π), what a kernel's integral is. */
    static double logVolume(double[] bandwidths) {
        double sum = 0;
        for (double h : bandwidths) {
            sum += Math.log(h) + 0.5 * Math.log(2 * Math.PI);
        }
        return sum;
    }
}
